// Runs the generated rules with cel-go: one program for each conclusion, in the order in which they
// build on one another, one record at a time.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"syscall"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"
)

type rules struct {
	Facts    []struct{ Name, Type string }
	Concepts []struct{ Name, Cel string }
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string, types map[string]string) []map[string]any {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	var records []map[string]any
	for lines.Scan() {
		var record map[string]any
		check(json.Unmarshal(lines.Bytes(), &record))
		for name, value := range record {
			if number, ok := value.(float64); ok && types[name] == "int" {
				record[name] = int64(number)
			}
		}
		records = append(records, record)
	}
	return records
}

// Processor time of this process, in seconds.
func spent() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var all rules
	check(json.Unmarshal(text, &all))
	kinds := map[string]string{}
	var options []cel.EnvOption
	for _, fact := range all.Facts {
		kinds[fact.Name] = fact.Type
		kind := map[string]*cel.Type{"bool": cel.BoolType, "int": cel.IntType, "double": cel.DoubleType, "string": cel.StringType}[fact.Type]
		options = append(options, cel.Variable(fact.Name, kind))
	}
	for _, concept := range all.Concepts {
		options = append(options, cel.Variable(concept.Name, cel.BoolType))
	}
	env, err := cel.NewEnv(options...)
	check(err)
	var programs []cel.Program
	for _, concept := range all.Concepts {
		ast, issues := env.Compile(concept.Cel)
		if issues != nil {
			check(issues.Err())
		}
		program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize, cel.OptPartialEval))
		check(err)
		programs = append(programs, program)
	}
	// Facts that are not stated are unknowns, as cel-go knows them; so are conclusions on unknowns.
	evaluate := func(record map[string]any, out []string) {
		values := make(map[string]any, len(record)+len(programs))
		for name, value := range record {
			values[name] = value
		}
		var unknown []*interpreter.AttributePattern
		if len(record) < len(all.Facts) {
			for _, fact := range all.Facts {
				if _, stated := record[fact.Name]; !stated {
					unknown = append(unknown, cel.AttributePattern(fact.Name))
				}
			}
		}
		for i, program := range programs {
			var result ref.Val
			var err error
			if len(unknown) == 0 {
				result, _, err = program.Eval(values)
			} else {
				var vars interpreter.PartialActivation
				vars, err = cel.PartialVars(values, unknown...)
				check(err)
				result, _, err = program.Eval(vars)
			}
			name := all.Concepts[i].Name
			switch {
			case err != nil:
				out[i] = "error"
				unknown = append(unknown, cel.AttributePattern(name))
			case types.IsUnknown(result):
				out[i] = "unknown"
				unknown = append(unknown, cel.AttributePattern(name))
			case result == types.True:
				out[i] = "true"
				values[name] = true
			default:
				out[i] = "false"
				values[name] = false
			}
		}
	}
	answers := func(path string) [][]string {
		var list [][]string
		for _, record := range read(path, kinds) {
			out := make([]string, len(programs))
			evaluate(record, out)
			list = append(list, out)
		}
		return list
	}
	complete := read(os.Args[2], kinds)
	out := make([]string, len(programs))
	var rates []float64
	for run := 0; run < 6; run++ {
		start, count := spent(), 0
		for begin := time.Now(); time.Since(begin) < 400*time.Millisecond; count++ {
			evaluate(complete[count%len(complete)], out)
		}
		if run > 0 {
			rates = append(rates, float64(count)/(spent()-start))
		}
	}
	sort.Float64s(rates)
	version := "?"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "cel.dev/cel-go" {
				version = module.Version
			}
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"name": "cel-go", "version": version, "rate": rates[len(rates)/2],
		"complete": answers(os.Args[2]), "missing": answers(os.Args[3])}))
}
