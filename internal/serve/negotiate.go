package serve

import (
	"slices"
	"strconv"
	"strings"
)

// choices returns the offered content encodings that a client takes, best first. An
// empty string stands for the plain file. A nil result means that the client takes
// none of them (RFC 9110, 12.5.3). Between equals the order of offered decides.
func choices(accept string, offered []string) []string {
	weights := parseAccept(accept)
	var all []string
	for _, name := range append(slices.Clone(offered), "") {
		if weightOf(weights, name) > 0 {
			all = append(all, name)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int {
		return weightOf(weights, b) - weightOf(weights, a)
	})
	return all
}

// weightOf returns the weight that a client gives an encoding, 0..1000. An encoding
// that it does not mention has the weight of "*". Without "*", the plain file comes
// last and other encodings are not taken at all.
func weightOf(weights map[string]int, name string) int {
	key := name
	if name == "" {
		key = "identity"
	}
	if w, ok := weights[key]; ok {
		return w
	}
	if w, ok := weights["*"]; ok {
		return w
	}
	if name == "" {
		return 1
	}
	return 0
}

// parseAccept reads an Accept-Encoding header: names in lower case and their
// q-values in thousandths. An unreadable q-value counts as 0.
func parseAccept(header string) map[string]int {
	weights := map[string]int{}
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		if name == "x-gzip" {
			name = "gzip"
		}
		weights[name] = parseWeight(params)
	}
	return weights
}

// parseWeight reads "q=0.5" as 500. No q-value means 1000.
func parseWeight(params string) int {
	key, value, ok := strings.Cut(strings.TrimSpace(params), "=")
	if !ok || strings.ToLower(strings.TrimSpace(key)) != "q" {
		return 1000
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return int(q*1000 + 0.5)
}
