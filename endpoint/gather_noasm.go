//go:build !amd64 || purego

package endpoint

func gather(g *gathering) { gatherGo(g) }
