package numeral

import "testing"

func TestWhole(t *testing.T) {
	for text, want := range map[string]string{
		"5": "5", "05": "5", "-5": "-5", "+5": "5", "5.0": "5", "5.": "5", "-0.0": "0", "1234567": "1234567",
		"5.000e+00": "5", "5.000000000000000000e+00": "5", "1e+06": "1000000", "1.5E+01": "15", "0e+00": "0", "5.0e+000": "5",
	} {
		if got, ok := Whole(text); !ok || got != want {
			t.Errorf("%q: got %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "4e00", "5e0", "4E8", "4e8c", "True", "true", "inf", "nan", "0x10", "0x1p4", "1_000", "5.0e0",
		"5e+0", "5e+0000", ".", "-", "e+00", "5 ", " 5", "0.5", "1e-05", "9007199254740994", "1e+300", "1e+999", "5,0", "\u0665"} {
		if got, ok := Whole(text); ok {
			t.Errorf("%q: got %q, want it to be a name", text, got)
		}
	}
}
