// Package gate opens a turnstile when a terminal reports a matching face.
package gate

import (
	"encoding/json"
	"math"
	"net"
)

// Mode is how a terminal looks for a person.
type Mode int

const (
	Verify   Mode = iota // one face against the template of one card
	Identify             // one face against all templates of the office
)

const threshold = 0.68

// Reading is what a terminal sends: the embedding of a face and, if a card was read, its number.
type Reading struct {
	Card      string    `json:"card"`
	Embedding []float64 `json:"embedding"`
}

type Gate struct {
	listener net.Listener
	store    *Store
	mode     Mode
}

func New(addr, dir string, mode Mode) (*Gate, error) {
	store, err := Open(dir)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", addr)
	return &Gate{listener, store, mode}, err
}

func (g *Gate) Serve() error {
	for {
		conn, err := g.listener.Accept()
		if err != nil {
			return err
		}
		go g.handle(conn)
	}
}

func (g *Gate) handle(conn net.Conn) {
	defer conn.Close()
	in, out := json.NewDecoder(conn), json.NewEncoder(conn)
	for {
		var r Reading
		if in.Decode(&r) != nil {
			return
		}
		_, ok := g.match(r)
		if out.Encode(map[string]bool{"open": ok}) != nil {
			return
		}
	}
}

func (g *Gate) match(r Reading) (string, bool) {
	if g.mode == Verify {
		template, ok := g.store.Get(r.Card)
		return r.Card, ok && cosine(template, r.Embedding) >= threshold
	}
	best, score := "", 0.0
	for id, template := range g.store.All() {
		if s := cosine(template, r.Embedding); s > score {
			best, score = id, s
		}
	}
	return best, score >= threshold
}

func cosine(a, b []float64) float64 {
	if len(a) != len(b) {
		return 0
	}
	var ab, aa, bb float64
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
