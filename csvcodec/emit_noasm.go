//go:build !amd64 || purego

package csvcodec

func emit(e *emission) { emitGo(e) }
