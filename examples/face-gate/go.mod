module hanseo.example/facegate

go 1.22
