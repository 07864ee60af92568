package site

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// Info is what the page's scripts know about their site: the content of the element
// "site" of index.html, as JSON. Its addresses are relative to the page.
type Info struct {
	Wasm         string           `json:"wasm"`
	WasmBytes    int              `json:"wasmBytes"` // uncompressed
	Worker       string           `json:"worker"`    // the script of the worker that Go runs in
	Pictures     string           `json:"pictures"`  // the binary that takes pictures
	DefaultModel string           `json:"defaultModel"`
	Models       map[string]Model `json:"models"`
	Symbols      string           `json:"symbols"` // the encoder of symbols of one's own; "": none
	Watch        bool             `json:"watch"`   // sources are watched, nothing is kept for offline use
}

// Model is one model of Info. Bytes count the uncompressed file. Card is empty if
// inkling card has written none, Near if answers cannot be put right. Sheets are the pictures that a card names.
type Model struct {
	URL    string            `json:"url"`
	Bytes  int               `json:"bytes"`
	Card   string            `json:"card"`
	Near   string            `json:"near"`
	Sheets map[string]string `json:"sheets"`
}

// infoBlock matches the element of index.html that holds Info: its tag, its content
// and its end. encoding/json writes no "<", so that no content ends the element.
var infoBlock = regexp.MustCompile(`(?s)(<script id="site" type="application/json">)(.*?)(</script>)`)

// WithInfo returns html with info in its element "site".
func WithInfo(html []byte, info Info) ([]byte, error) {
	at := infoBlock.FindSubmatchIndex(html)
	if at == nil {
		return nil, fmt.Errorf("site: %s: no %s", pageName, `<script id="site" type="application/json">`)
	}
	text, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	return append(append(append([]byte{}, html[:at[4]]...), text...), html[at[5]:]...), nil
}

// ReadInfo returns what html holds in its element "site".
func ReadInfo(html []byte) (info Info, err error) {
	m := infoBlock.FindSubmatch(html)
	if m == nil {
		return info, fmt.Errorf("site: %s: no %s", pageName, `<script id="site" type="application/json">`)
	}
	if err := json.Unmarshal(m[2], &info); err != nil {
		return info, fmt.Errorf("site: %s: element site: %w", pageName, err)
	}
	return info, nil
}
