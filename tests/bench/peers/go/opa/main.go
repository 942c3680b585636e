// Runs the generated rules with Open Policy Agent as a library: one prepared query for all
// conclusions, on inputs parsed beforehand, one record at a time. A second result asks it by partial
// evaluation with the missing facts as unknowns.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/util"
)

type rules struct {
	Conclusions, Facts []string
	Bodies, Entry      string
}

type record struct {
	input   ast.Value
	unknown []*ast.Term
}

type result struct {
	Name     string     `json:"name"`
	Version  string     `json:"version"`
	Note     string     `json:"note"`
	Rate     float64    `json:"rate"`
	Complete [][]string `json:"complete"`
	Missing  [][]string `json:"missing"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string, facts []string) []record {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	var records []record
	for lines.Scan() {
		var stated map[string]any
		check(util.UnmarshalJSON(lines.Bytes(), &stated))
		input, err := ast.InterfaceToValue(stated)
		check(err)
		each := record{input: input, unknown: []*ast.Term{}} // none: not even all of the input
		for _, fact := range facts {
			if _, known := stated[fact]; !known {
				each.unknown = append(each.unknown, ast.MustParseTerm("input."+fact))
			}
		}
		records = append(records, each)
	}
	check(lines.Err())
	return records
}

type evaluator func(each record, out []string)

func plain(all rules) evaluator {
	ctx := context.Background()
	query, err := rego.New(rego.Query("data.act.answers"), rego.Module("act.rego", all.Bodies+all.Entry)).PrepareForEval(ctx)
	check(err)
	return func(each record, out []string) {
		results, err := query.Eval(ctx, rego.EvalParsedInput(each.input))
		check(err)
		answers := results[0].Expressions[0].Value.(map[string]any)
		for i, name := range all.Conclusions {
			out[i] = "false"
			if answers[name] == true {
				out[i] = "true"
			}
		}
	}
}

// No query left: false. One without a condition left: true. Else what is left depends on unknowns.
func partial(all rules) evaluator {
	ctx := context.Background()
	var queries []rego.PreparedPartialQuery
	for _, name := range all.Conclusions {
		query, err := rego.New(rego.Query("data.act."+name), rego.Module("act.rego", all.Bodies)).PrepareForPartial(ctx)
		check(err)
		queries = append(queries, query)
	}
	return func(each record, out []string) {
		for i, query := range queries {
			left, err := query.Partial(ctx, rego.EvalParsedInput(each.input), rego.EvalParsedUnknowns(each.unknown))
			check(err)
			out[i] = "false"
			for _, body := range left.Queries {
				if len(body) == 0 {
					out[i] = "true"
					break
				}
				out[i] = "unknown"
			}
		}
	}
}

// Processor time of this process, in seconds.
func spent() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// Records in a second: the middle of five runs after one that does not count.
func rate(evaluate evaluator, records []record, out []string) float64 {
	var rates []float64
	for run := 0; run < 6; run++ {
		start, count := spent(), 0
		for begin := time.Now(); time.Since(begin) < 400*time.Millisecond; count++ {
			evaluate(records[count%len(records)], out)
		}
		if run > 0 {
			rates = append(rates, float64(count)/(spent()-start))
		}
	}
	sort.Float64s(rates)
	return rates[len(rates)/2]
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/open-policy-agent/opa" {
				return module.Version
			}
		}
	}
	return "?"
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var all rules
	check(json.Unmarshal(text, &all))
	complete, missing := read(os.Args[2], all.Facts), read(os.Args[3], all.Facts)
	answers := func(evaluate evaluator, records []record) [][]string {
		var list [][]string
		for _, each := range records {
			out := make([]string, len(all.Conclusions))
			evaluate(each, out)
			list = append(list, out)
		}
		return list
	}
	measure := func(name, note string, evaluate evaluator, timed []record) result {
		out := make([]string, len(all.Conclusions))
		return result{name, version(), note, rate(evaluate, timed, out), answers(evaluate, complete), answers(evaluate, missing)}
	}
	check(json.NewEncoder(os.Stdout).Encode([]result{
		measure("opa", "", plain(all), complete),
		measure("opa, partial evaluation", "timed on the records with facts missing", partial(all), missing)}))
}
