package preview

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"runtime"
	"time"
)

// holder says who answers on an address that is taken: another preview, of
// which site, or some other program.
func holder(ctx context.Context, addr string) string {
	const other = "another program"
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/_/status", nil)
	if err != nil {
		return other
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return other
	}
	defer response.Body.Close()
	var status statusJSON
	if json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&status) != nil || status.Program != program {
		return other
	}
	return fmt.Sprintf("another haandbog serve (%s)", status.Root)
}

// openBrowser starts the user's browser and does not wait for it.
func openBrowser(ctx context.Context, url string) error {
	var name string
	var args []string
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler"}
	default:
		name = "xdg-open"
	}
	command := exec.CommandContext(ctx, name, append(args, url)...)
	command.Cancel = func() error { return nil } // the browser outlives us
	if err := command.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", name, err)
	}
	go command.Wait()
	return nil
}
