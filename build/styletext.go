package main

import (
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// styleTexts returns a plugin for scripts that bring style sheets of their own: an
// import of a .css file from a script gives its text, with what it imports, as minified
// as the options say. Scripts put it into a constructed sheet, which needs no further
// request and which a policy without inline styles allows. Such a sheet refers to no files.
func styleTexts(o api.BuildOptions) api.Plugin {
	return api.Plugin{Name: "style text", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `\.css$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if args.Kind != api.ResolveJSImportStatement {
				return api.OnResolveResult{}, nil
			}
			found := build.Resolve(args.Path, api.ResolveOptions{ResolveDir: args.ResolveDir, Kind: api.ResolveCSSImportRule})
			if len(found.Errors) > 0 {
				return api.OnResolveResult{Errors: found.Errors}, nil
			}
			// Relative, so that the checkout's place is not in the hashes of file names.
			path, err := filepath.Rel(o.AbsWorkingDir, found.Path)
			return api.OnResolveResult{Path: filepath.ToSlash(path), Namespace: "style-text"}, err
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "style-text"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			o := o
			o.EntryPoints, o.Plugins, o.Define = []string{"./" + args.Path}, nil, nil
			o.Sourcemap = api.SourceMapNone
			result := api.Build(o)
			if len(result.Errors) > 0 {
				return api.OnLoadResult{Errors: result.Errors}, nil
			}
			text := strings.TrimSpace(string(result.OutputFiles[0].Contents))
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, nil
		})
	}}
}
