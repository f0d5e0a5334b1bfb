package chunk_test

import (
	"context"
	"fmt"
	"os"

	"github.com/endpointfile/endpointfile/chunk"
)

// Three records of eight bytes go into chunks of at most 20 bytes.
func ExampleSplitter() {
	ctx := context.Background()
	var sink chunk.Discard // chunk.NewDir("out", nil) keeps them
	s := chunk.NewSplitter(ctx, &sink, &chunk.Options{Max: 20, Ext: ".csv", Header: []byte("Id\n")})
	defer s.Abort() // does nothing after Close

	err := s.Write(chunk.Piece{
		Data: []byte("record1\nrecord2\nrecord3\n"),
		Ends: []uint32{8, 16, 24},
		From: chunk.Point{Offset: 3, Line: 2, Record: 1}, // behind the header of the input
		To:   chunk.Point{Offset: 27, Line: 5, Record: 4},
		At: func(i int) (chunk.Point, int64) {
			n := int64(i)
			return chunk.Point{Offset: 3 + 8*n, Line: 2 + n, Record: 1 + n}, 0
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	chunks, err := s.Close()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range chunks {
		fmt.Println(c.Name, c.Bytes, "bytes, records", c.Inputs[0].Records, c.CRC64NVME)
	}
	// Output:
	// endpoints/part-00001.csv 19 bytes, records [1 3] NzMoyno2MVg=
	// endpoints/part-00002.csv 11 bytes, records [3 4] FEJdzKEc2gM=
}

func ExampleManifest() {
	m := &chunk.Manifest{
		Version: chunk.ManifestVersion,
		Tool:    "example",
		Format:  "json",
		Profile: "classic",
		Inputs:  []chunk.Input{{Name: "a.csv", Bytes: 120, Records: 2, Rejected: 2}},
	}
	m.Sum()
	fmt.Println(m.Check())
	_, _ = m.WriteTo(os.Stdout)

	m.Totals.Rejected = 1
	fmt.Println(m.Check())
	// Output:
	// <nil>
	// {
	//   "version": 1,
	//   "tool": "example",
	//   "format": "json",
	//   "profile": "classic",
	//   "inputs": [
	//     {
	//       "name": "a.csv",
	//       "bytes": 120,
	//       "records": 2,
	//       "written": 0,
	//       "rejected": 2
	//     }
	//   ],
	//   "chunks": [],
	//   "totals": {
	//     "records": 2,
	//     "written": 0,
	//     "rejected": 2,
	//     "bytes": 0
	//   }
	// }
	// ledger does not agree: totals: rejected is 1, must be 2
}
