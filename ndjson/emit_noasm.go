//go:build !amd64 || purego

package ndjson

import "github.com/endpointfile/endpointfile/endpoint"

// emitRows is emitRowsGo.
func (e *emission) emitRows(rows []endpoint.Row) int { return e.emitRowsGo(rows) }

// emit is emitGo.
func (e *emission) emit(list []endpoint.Value) int { return e.emitGo(list) }
