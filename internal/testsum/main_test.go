package main

import (
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	tests := []struct{ name, events, want string }{
		{"a passing package", `
{"Action":"run","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Test":"TestOne","Output":"=== RUN   TestOne\n"}
{"Action":"pass","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Output":"PASS\n"}
{"Action":"output","Package":"m/a","Output":"ok  \tm/a\t0.1s\n"}
{"Action":"pass","Package":"m/a"}`,
			"ok  \tm/a\t0.1s\n1 passed, 0 failed, 0 skipped\n"},
		{"a skipped test", `
{"Action":"output","Package":"m/a","Test":"TestData","Output":"=== RUN   TestData\n"}
{"Action":"output","Package":"m/a","Test":"TestData","Output":"    a_test.go:12: no MNIST: INKLING_DATA is not set\n"}
{"Action":"output","Package":"m/a","Test":"TestData","Output":"--- SKIP: TestData (0.00s)\n"}
{"Action":"skip","Package":"m/a","Test":"TestData"}
{"Action":"output","Package":"m/a","Output":"ok  \tm/a\t0.1s\n"}`,
			"ok  \tm/a\t0.1s\n\n1 skipped:\n  m/a TestData: no MNIST: INKLING_DATA is not set\n\n0 passed, 0 failed, 1 skipped\n"},
		{"a package without tests", `
{"Action":"output","Package":"m/b","Output":"?   \tm/b\t[no test files]\n"}
{"Action":"skip","Package":"m/b"}`,
			"?   \tm/b\t[no test files]\n0 passed, 0 failed, 0 skipped\n"},
		{"a failing test", `
{"Action":"output","Package":"m/a","Test":"TestBad","Output":"    a_test.go:3: got 1, want 2\n"}
{"Action":"output","Package":"m/a","Test":"TestBad","Output":"--- FAIL: TestBad (0.00s)\n"}
{"Action":"fail","Package":"m/a","Test":"TestBad"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a\t0.1s\n"}`,
			"    a_test.go:3: got 1, want 2\n--- FAIL: TestBad (0.00s)\nFAIL\tm/a\t0.1s\n0 passed, 1 failed, 0 skipped\n"},
		{"a package that does not compile", `
{"ImportPath":"m/a","Action":"build-output","Output":"./a.go:1: undefined: x\n"}
{"ImportPath":"m/a","Action":"build-fail"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a [build failed]\n"}`,
			"./a.go:1: undefined: x\nFAIL\tm/a [build failed]\n0 passed, 0 failed, 0 skipped\n"},
		{"a test that never ends", `
{"Action":"output","Package":"m/a","Test":"TestStuck","Output":"waiting\n"}`,
			"m/a TestStuck did not end:\nwaiting\n0 passed, 0 failed, 0 skipped\n"},
		{"what is no event", "go: warning\n", "go: warning\n0 passed, 0 failed, 0 skipped\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			s := newSummary(&out)
			if err := s.read(strings.NewReader(strings.TrimPrefix(test.events, "\n"))); err != nil {
				t.Fatal(err)
			}
			s.close()
			if got := out.String(); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
