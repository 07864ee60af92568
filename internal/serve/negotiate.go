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
	var all []string
	var weights []int // of all
	for i := range len(offered) + 1 {
		name := ""
		if i < len(offered) {
			name = offered[i]
		}
		weight := weightOf(accept, name)
		if weight == 0 {
			continue
		}
		at := len(all)
		for at > 0 && weights[at-1] < weight {
			at--
		}
		all, weights = slices.Insert(all, at, name), slices.Insert(weights, at, weight)
	}
	return all
}

// weightOf returns the weight that an Accept-Encoding header gives an encoding, 0..1000.
// An encoding that it does not mention has the weight of "*". Without "*", the plain file
// comes last and other encodings are not taken at all.
func weightOf(accept, name string) int {
	weight := 0
	if name == "" {
		name, weight = "identity", 1
	}
	isNamed := false
	for part := range strings.SplitSeq(accept, ",") {
		token, params, _ := strings.Cut(part, ";")
		token = strings.TrimSpace(token)
		switch {
		case strings.EqualFold(token, name), name == "gzip" && strings.EqualFold(token, "x-gzip"):
			weight, isNamed = parseWeight(params), true
		case token == "*" && !isNamed:
			weight = parseWeight(params)
		}
	}
	return weight
}

// parseWeight reads "q=0.5" as 500. No q-value means 1000, an unreadable one 0.
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
