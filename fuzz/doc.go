// Package fuzz holds fuzz targets over the whole house: see its README.
package fuzz
