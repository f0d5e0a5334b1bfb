// Package near tells how far two spellings are from each other, for hints.
package near

// Distance is the number of bytes to insert, delete or replace on the way from a
// to b. The time is that of len(a) times len(b): callers bound what they ask.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0]++
		for j := range len(b) {
			step := corner
			if a[i] != b[j] {
				step++
			}
			corner = row[j+1]
			row[j+1] = min(step, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}
