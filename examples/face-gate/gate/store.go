package gate

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Store holds face templates by badge number. In Seoul this program runs inside the terminal, so they stay there.
type Store struct {
	templates map[string][]float64
}

func Open(dir string) (*Store, error) {
	s := &Store{templates: map[string][]float64{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var template []float64
		if err := json.Unmarshal(data, &template); err != nil {
			return nil, err
		}
		s.templates[strings.TrimSuffix(filepath.Base(file), ".json")] = template
	}
	return s, nil
}

func (s *Store) Get(id string) ([]float64, bool) {
	t, ok := s.templates[id]
	return t, ok
}

func (s *Store) All() map[string][]float64 { return s.templates }
