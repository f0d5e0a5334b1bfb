package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// chart is a bar chart of rows in groups, with one or more columns of bars beside one another.
// Scales are logarithmic: programs differ by factors.
type chart struct {
	title, note string
	columns     []column
	groups      []group
}

// column is one column of bars.
type column struct {
	title string
	width float64
	from  float64 // where bars begin; shorter ones go to the left
	ticks []float64
	unit  string // behind the figures of the ticks
}

// group is some rows under a heading.
type group struct {
	title string
	rows  []bar
}

// bar is a row: its label, and a value for each column.
type bar struct {
	label  string
	own    bool // stands out
	faint  bool // its output is not right
	values []float64
	texts  []string // beside the bars
}

// Measures of the picture, in pixels.
const (
	labelWidth = 260
	textWidth  = 118 // beside the longest bar
	rowHeight  = 22
	groupSpace = 40
	headHeight = 64
)

// style holds for light and for dark backgrounds.
const style = `text{font:12px -apple-system,BlinkMacSystemFont,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.title{font-size:15px;font-weight:600}.group{font-weight:600}.soft{fill:#59636e;font-size:11px}
.grid{stroke:#d1d9e0;stroke-width:1}.base{stroke:#818b98;stroke-width:1}
.other{fill:#8c959f}.own{fill:#0969da}.faint{fill-opacity:.4}.bold{font-weight:600}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.grid{stroke:#3d444d}.base{stroke:#9198a1}.other{fill:#7d8590}.own{fill:#4493f8}}`

// svg draws the chart.
func (c *chart) svg() string {
	var b strings.Builder
	height := float64(headHeight)
	for _, g := range c.groups {
		height += groupSpace + rowHeight*float64(len(g.rows))
	}
	height += 30
	width := float64(labelWidth)
	for _, col := range c.columns {
		width += col.width + textWidth
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]g" height="%[2]g" viewBox="0 0 %[1]g %[2]g" role="img">`+"\n", width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", html.EscapeString(c.title), style)
	text(&b, 10, 22, "title", "", c.title)
	text(&b, 10, height-10, "soft", "", c.note)
	x := float64(labelWidth)
	for i, col := range c.columns {
		text(&b, x, 46, "soft", "", col.title)
		c.column(&b, i, col, x, height)
		x += col.width + textWidth
	}
	y := float64(headHeight)
	for _, g := range c.groups {
		y += groupSpace
		text(&b, 10, y-14, "group", "", g.title)
		for _, r := range g.rows {
			class := ""
			if r.own {
				class = "bold"
			}
			text(&b, labelWidth-10, y+rowHeight*.7, class, "end", r.label)
			y += rowHeight
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// column draws the grid and the bars of the i-th column from x on.
func (c *chart) column(b *strings.Builder, i int, col column, x, height float64) {
	low, high := math.Log(col.ticks[0]), math.Log(col.ticks[len(col.ticks)-1])
	at := func(v float64) float64 {
		return x + col.width*(max(low, min(high, math.Log(v)))-low)/(high-low)
	}
	for _, tick := range col.ticks {
		fmt.Fprintf(b, `<line class="grid" x1="%.1f" y1="%d" x2="%.1f" y2="%.0f"/>`+"\n", at(tick), headHeight+10, at(tick), height-28)
		text(b, at(tick), headHeight+4, "soft", "middle", fmt.Sprintf("%g%s", tick, col.unit))
	}
	y := float64(headHeight)
	for _, g := range c.groups {
		y += groupSpace
		for _, r := range g.rows {
			v := r.values[i]
			if v <= 0 {
				y += rowHeight
				continue
			}
			class := "other"
			if r.own {
				class = "own"
			}
			if r.faint {
				class += " faint"
			}
			left, right := min(at(v), at(col.from)), max(at(v), at(col.from))
			fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="2"/>`+"\n", class, left, y+3, max(right-left, 1.5), rowHeight-7)
			text(b, right+6, y+rowHeight*.7, "", "", r.texts[i])
			y += rowHeight
		}
	}
	fmt.Fprintf(b, `<line class="base" x1="%.1f" y1="%d" x2="%.1f" y2="%.0f"/>`+"\n", at(col.from), headHeight+10, at(col.from), height-28)
}

// text writes a line of text; anchor is "", "middle" or "end".
func text(b *strings.Builder, x, y float64, class, anchor, s string) {
	attr := ""
	if class != "" {
		attr += fmt.Sprintf(` class="%s"`, class)
	}
	if anchor != "" {
		attr += fmt.Sprintf(` text-anchor="%s"`, anchor)
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f"%s>%s</text>`+"\n", x, y, attr, html.EscapeString(s))
}

// plainTitle is a title without Markdown.
func (p *program) plainTitle() string {
	return strings.NewReplacer("** built without assembly and unsafe (`-tags purego`)", ", no assembly", "**", "", "R0: encoding/csv + struct +", "R0: encoding/csv,").Replace(p.title)
}

// programChart shows all programs on the usual shape.
func (r *results) programChart() string {
	c := &chart{
		title: "Throughput to R0 (encoding/csv + struct + encoding/json), and memory",
		note:  "Input a CPU-second of the whole process, shape default. Pale bars: the output is not R0's. Only endpointfile checks the rules.",
		columns: []column{
			{title: "throughput to R0, with MB of input a CPU-second", width: 300, from: 1, ticks: []float64{0.02, 0.1, 1, 10, 50}, unit: "x"},
			{title: "most memory resident, MiB", width: 150, from: 1, ticks: []float64{1, 10, 100, 1000}},
		},
	}
	for _, contest := range r.usual() {
		g := group{title: contest.way.String()}
		for _, m := range contest.programs {
			ratio := m.ratio(contest.r0())
			row := bar{label: m.plainTitle(), own: m.own, faint: !m.right.ok, values: []float64{ratio, m.peak()}}
			row.texts = []string{fmt.Sprintf("%s · %s MB", times(ratio), figure(m.rate())), memory(m.peak())}
			g.rows = append(g.rows, row)
		}
		c.groups = append(c.groups, g)
	}
	return c.svg()
}

// shapeChart shows endpointfile on every shape.
func (r *results) shapeChart() string {
	ticks := []float64{1, 2, 5, 10, 20, 50}
	c := &chart{
		title: "endpointfile on every shape of data, to R0 on the same shape",
		note:  "Input a CPU-second of the whole process, one worker.",
		columns: []column{
			{title: "all rules checked", width: 260, from: 1, ticks: ticks, unit: "x"},
			{title: "the same, built without assembly and unsafe", width: 260, from: 1, ticks: ticks, unit: "x"},
		},
	}
	for _, w := range r.opt.ways {
		g := group{title: w.String()}
		for _, contest := range r.of(w) {
			row := bar{label: contest.shape.Name, own: true}
			for _, name := range []string{"own", "purego"} {
				m := contest.find(name)
				ratio := m.ratio(contest.r0())
				row.values = append(row.values, ratio)
				row.texts = append(row.texts, fmt.Sprintf("%s · %s MB", times(ratio), figure(m.rate())))
			}
			g.rows = append(g.rows, row)
		}
		c.groups = append(c.groups, g)
	}
	return c.svg()
}
