package nn

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestKindsAreRegistered reads this package's source: every type with a Kind method
// must be what a registered kind makes.
func TestKindsAreRegistered(t *testing.T) {
	made := map[string]bool{}
	for _, kind := range Kinds() {
		layer := kind.New()
		if layer.Kind() != kind.Name {
			t.Errorf("%s: New makes a layer of kind %q", kind.Name, layer.Kind())
		}
		if kind.Class == "" {
			t.Errorf("%s: got no class, want Keras's name", kind.Name)
		}
		made[reflect.TypeOf(layer).Elem().Name()] = true
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Name.Name != "Kind" {
				continue
			}
			found++
			if name := method.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name; !made[name] {
				t.Errorf("%s is a layer that no registered kind makes: its file lacks a call of register", name)
			}
		}
	}
	if found == 0 {
		t.Error("no layer was found in the source")
	}
}

// TestSettingsAreWhole checks that Settings leaves out no exported field, and that
// clone copies each.
func TestSettingsAreWhole(t *testing.T) {
	for _, kind := range Kinds() {
		layer := kind.New()
		listed := map[any]bool{}
		for _, setting := range layer.Settings() {
			listed[setting] = true
		}
		value := reflect.ValueOf(layer).Elem()
		for i := range value.NumField() {
			field := value.Type().Field(i)
			byKind := strings.HasPrefix(kind.Name, "max_pool2d") && field.Name == "Padding" // told by the kind
			if field.IsExported() && !field.Anonymous && !byKind && !listed[value.Field(i).Addr().Interface()] {
				t.Errorf("%s: Settings lacks %s", kind.Name, field.Name)
			}
		}
		for i, setting := range layer.Settings() {
			fill(reflect.ValueOf(setting).Elem(), i+1)
		}
		copied := clone(layer)
		for i, want := range layer.Settings() {
			if got := copied.Settings()[i]; !reflect.DeepEqual(got, want) || got == want {
				t.Errorf("%s: setting %d of a clone: got %v, want a copy of %v", kind.Name, i, got, want)
			}
		}
	}
}

// fill sets a value that is not the type's zero value.
func fill(v reflect.Value, n int) {
	switch v.Kind() {
	case reflect.Int:
		v.SetInt(int64(n))
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Float32:
		v.SetFloat(float64(n))
	case reflect.String:
		v.SetString("elu")
	case reflect.Array:
		v.Set(reflect.ValueOf([2]int{n, n + 1}))
	case reflect.Slice:
		v.Set(reflect.ValueOf(Shape{n, n + 1}))
	}
}
