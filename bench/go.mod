module github.com/endpointfile/endpointfile/bench

go 1.26.0

require (
	github.com/endpointfile/endpointfile v0.0.0
	github.com/goccy/go-json v0.12.0
	github.com/stretchr/testify v1.12.1
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace github.com/endpointfile/endpointfile => ../
