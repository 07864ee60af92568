package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-c844a918/inkling/internal/dataset"
)

// completeWords gives the shells, who ask cobra's command completion, the words
// that flags take.
func completeWords(root *cobra.Command) {
	words := map[string][]string{
		"data":        dataset.Names(),
		"augment":     {"none", "dense", "conv", "picture"},
		"initializer": {"glorot_uniform", "he_normal"},
		"monitor":     {"val_loss", "val_accuracy"},
		"optimizer":   strings.Split(strings.ReplaceAll(optimizerNames(), " or ", ", "), ", "),
		"precision":   {"int8", "float16", "float32"},
		"recipe":      {"drawing", "picture"},
		"schedule":    {"constant", "cosine"},
	}
	for _, command := range root.Commands() {
		for flag, choices := range words {
			if command.Flags().Lookup(flag) == nil {
				continue
			}
			directive := cobra.ShellCompDirectiveNoFileComp
			if flag == "data" {
				directive = cobra.ShellCompDirectiveDefault // or a path
			}
			if err := command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(choices, directive)); err != nil {
				panic(err)
			}
		}
	}
}
