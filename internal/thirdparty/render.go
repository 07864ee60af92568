package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

const head = `# Third-party software

The command ` + "`inkling`" + ` and the page's wasm binary contain the software below, each part
under its own licence. ` + "`make third-party`" + ` writes this file from the modules in use;
` + "`make check`" + ` fails where it is not current. web/licences.txt, which every built site
holds, names what the page contains, data sets included.

| module | version | in | licence |
|---|---|---|---|
`

// fence surrounds a text; no text may hold it.
const fence = "~~~~"

// text is one licence with the modules that are under it.
type text struct {
	content string
	modules []string
}

// render returns the contents of THIRD_PARTY.md: a table of modules, then each text
// once.
func render(modules []*module) ([]byte, error) {
	var page bytes.Buffer
	page.WriteString(head)
	var texts []*text
	numbers := map[string]int{} // by content, from 1
	for _, m := range modules {
		var links []string
		for _, path := range m.licences {
			content, err := readText(path)
			if err != nil {
				return nil, err
			}
			if numbers[content] == 0 {
				texts = append(texts, &text{content: content})
				numbers[content] = len(texts)
			}
			n := numbers[content]
			t := texts[n-1]
			t.modules = append(t.modules, m.path)
			links = append(links, fmt.Sprintf("[%d](#text-%d)", n, n))
		}
		fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", m.path, m.version, strings.Join(m.products, ", "), strings.Join(links, ", "))
	}
	for i, t := range texts {
		fmt.Fprintf(&page, "\n## Text %d\n\n%s\n\n%s\n%s%s\n", i+1, strings.Join(include(nil, t.modules...), ", "), fence, t.content, fence)
	}
	return page.Bytes(), nil
}

// readText reads a licence. It removes spaces at the ends of lines and gives all
// lines the same ending.
func readText(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r\f")
		if strings.Contains(line, fence) {
			return "", fmt.Errorf("%s: holds %s", path, fence)
		}
	}
	return strings.TrimLeft(strings.Join(lines, "\n"), "\n") + "\n", nil
}
