package plain

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"seven":                 "seven",
		"일곱 é ∞ 👍":              "일곱 é ∞ 👍",
		"\x1b[2J\x1b[31mPWNED":  `\x1b[2J\x1b[31mPWNED`,
		"\x1b]0;title\a":        `\x1b]0;title\a`,
		"a\nb\tc\rd\x00\x7f":    `a\nb\tc\rd\x00\u007f`,
		"\u009b31m":             `\u009b31m`,
		"\x9b31m":               `\x9b31m`,
		"\u202egnp.exe\u202c":   `\u202egnp.exe\u202c`,
		"\u2066x\u2069\u200f\"": `\u2066x\u2069\u200f"`,
		"back\\slash":           "back\\slash",
	} {
		if got := Text(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestEveryCharacter checks that no character passes that a terminal may obey.
func TestEveryCharacter(t *testing.T) {
	for r := range rune(0x3000) {
		got := Text("a" + string(r) + "b")
		if isUnsafe(r) == (got == "a"+string(r)+"b") || !utf8.ValidString(got) {
			t.Errorf("%U: got %q", r, got)
		}
	}
}

func TestWriter(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	text := "a\tb\n\x1b[2J\u202e\r\n"
	if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
		t.Errorf("got %d, %v, want %d", n, err, len(text))
	}
	if got, want := file.String(), "a\tb\n"+`\x1b[2J\u202e\r`+"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if Exact(w) != &file || Exact(&file) != &file {
		t.Error("Exact: got another writer")
	}
	if got, ok := File(NewWriter(os.Stderr)); !ok || got != os.Stderr {
		t.Errorf("File: got %v", got)
	}
	if _, ok := File(w); ok {
		t.Error("File of a buffer: got one")
	}
}

// TestWriterKeepsJSON checks that strings in JSON mean the same behind a Writer.
func TestWriterKeepsJSON(t *testing.T) {
	var want, text strings.Builder
	for r := range rune(0x3000) {
		want.WriteRune(r)
	}
	encoder := json.NewEncoder(NewWriter(&text))
	encoder.SetEscapeHTML(false)
	var read string
	if err := errors.Join(encoder.Encode(want.String()), json.Unmarshal([]byte(text.String()), &read)); err != nil {
		t.Fatal(err)
	}
	if read != want.String() {
		t.Error("the string is another one")
	}
	if strings.ContainsFunc(strings.TrimSpace(text.String()), isUnsafe) {
		t.Error("got an unsafe character")
	}
}

func TestCell(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		"seven":           "seven",
		"-1":              "-1",
		"-1.5e-3":         "-1.5e-3",
		"+3":              "+3",
		"=1+1":            "'=1+1",
		"+1+1":            "'+1+1",
		"-1+cmd|' /C'!A0": "'-1+cmd|' /C'!A0",
		"@SUM(1)":         "'@SUM(1)",
		"\t=1":            "'\t=1",
		"\r=1":            "'\r=1",
		"a=1":             "a=1",
	} {
		if got := Cell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
