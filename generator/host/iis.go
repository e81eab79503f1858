package host

import (
	"encoding/xml"
	"fmt"
	"strings"
)

const iisIntro = `
  Modelhåndbog for IIS 8.5 or later, with its features Static Content, Default
  Document, HTTP Errors, Request Filtering and Static Content Compression. IIS
  reads this file where it lies.

  The page for wrong addresses is found from the site's or the application's
  folder. When the handbook lies under a path, let its folder be an application
  (IIS Manager: Convert to Application), and likewise the folder of a
  municipality that is to answer with its own page.

  IIS compresses files itself and keeps the result; files compressed beforehand
  are not used.
`

// iis generates a web.config. Every add is preceded by a remove, since IIS fails on a
// setting that the server or a parent folder has already.
func iis(e Edition) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + "<!--" + iisIntro + "-->\n<configuration>\n  <system.webServer>\n")
	b.WriteString(`    <defaultDocument enabled="true">
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <directoryBrowse enabled="false" />
    <httpErrors errorMode="Custom">
      <remove statusCode="404" />
      <error statusCode="404" path="404.html" responseMode="File" />
      <remove statusCode="403" subStatusCode="14" />
      <error statusCode="403" subStatusCode="14" path="404.html" responseMode="File" />
    </httpErrors>
    <urlCompression doStaticCompression="true" />
    <security>
      <requestFiltering>
        <hiddenSegments>
`)
	for _, name := range []string{".haandbog-filer", ".htaccess", "nginx.conf.example"} {
		fmt.Fprintf(&b, "          <remove segment=\"%s\" />\n          <add segment=\"%s\" />\n", name, name)
	}
	b.WriteString("        </hiddenSegments>\n      </requestFiltering>\n    </security>\n    <httpProtocol>\n" +
		"      <customHeaders>\n        <remove name=\"X-Powered-By\" />\n")
	for _, h := range headers() {
		fmt.Fprintf(&b, "        <remove name=\"%s\" />\n        <add name=\"%s\" value=\"%s\" />\n", h.name, h.name,
			escape(h.value))
	}
	fmt.Fprintf(&b, "        <!-- Once the whole domain is served over https, and stays so:\n"+
		"        <add name=\"Strict-Transport-Security\" value=\"%s\" /> -->\n", transport)
	b.WriteString("      </customHeaders>\n    </httpProtocol>\n    <staticContent>\n" +
		"      <!-- All is kept and asked for again, but for what has a fingerprint in its name. -->\n" +
		"      <clientCache cacheControlMode=\"DisableCache\" />\n")
	for _, t := range mediaTypes() {
		name := t.name
		if t.text {
			name += "; charset=utf-8"
		}
		fmt.Fprintf(&b, "      <remove fileExtension=\".%s\" />\n"+
			"      <mimeMap fileExtension=\".%s\" mimeType=\"%s\" />\n", t.ext, t.ext, name)
	}
	b.WriteString("    </staticContent>\n  </system.webServer>\n")
	iisLocation(&b, "assets",
		`<clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00"`+
			` cacheControlCustom="public, immutable" />`)
	for _, name := range e.Loose {
		iisLocation(&b, "assets/"+name, `<clientCache cacheControlMode="DisableCache" cacheControlCustom="" />`)
	}
	iisLocation(&b, "nyt.xml",
		`<remove fileExtension=".xml" />`+
			`<mimeMap fileExtension=".xml" mimeType="application/atom+xml; charset=utf-8" />`)
	b.WriteString("</configuration>\n")
	return []byte(b.String())
}

// iisLocation writes the settings of one file or folder.
func iisLocation(b *strings.Builder, path, content string) {
	fmt.Fprintf(b, "  <location path=\"%s\">\n    <system.webServer>\n      <staticContent>%s</staticContent>\n"+
		"    </system.webServer>\n  </location>\n", escape(path), content)
}

// escape escapes text for an attribute.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(s)
}
