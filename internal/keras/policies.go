package keras

import "strings"

// quantized returns how a layer's weights are quantized, "int8"; "" if they are not.
func quantized(policy any) string {
	fields, _ := policy.(map[string]any)
	config, _ := fields["config"].(map[string]any)
	if mode, ok := config["mode"].(string); ok {
		return mode
	}
	name, _ := policy.(string)
	if own, ok := config["name"].(string); ok {
		name = own
	}
	mode, _, found := strings.Cut(name, "_from_")
	if !found {
		return ""
	}
	return mode
}

// policyName returns the name of a layer's floats, "float32".
func policyName(policy any) string {
	if fields, ok := policy.(map[string]any); ok {
		config, _ := fields["config"].(map[string]any)
		policy = config["name"]
	}
	name, ok := policy.(string)
	if policy == nil {
		return "float32"
	}
	if !ok {
		return "unknown"
	}
	return name
}

// policies are the floats in which layers may compute; whether answers then agree
// only within 0.01.
var policies = map[string]bool{
	"float32": false, "float64": false, "float16": true, "mixed_float16": true, "bfloat16": true, "mixed_bfloat16": true,
}
