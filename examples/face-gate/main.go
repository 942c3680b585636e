package main

import (
	"log"
	"os"

	"hanseo.example/facegate/gate"
)

func main() {
	mode := gate.Verify
	if os.Getenv("GATE_MODE") == "identify" {
		mode = gate.Identify
	}
	g, err := gate.New(os.Getenv("TERMINAL_ADDR"), os.Getenv("TEMPLATE_DIR"), mode)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(g.Serve())
}
