package search

// weights are the numbers of the ranking, in the order in which soeg.js names
// them. Closeness lies between 0 and 1; a Share is added in proportion to how
// much of the term the word fills.
var weights = []float64{
	// Closeness of a word and a term.
	0.95, // Stem
	0.9,  // Bare: the same but for Danish letters
	0.6,  // Prefix
	0.5,  // StemPrefix
	0.7,  // Head: last part of a compound
	0.3,  // Inside
	0.2,  // Share
	0.85, // Fuzzy: factor on the corrected word's closeness
	0.35, // Part: factor on the parts of the query's compound
	// Factors on whole variants of a query.
	0.97, // Joined
	0.8,  // Synonym
	// Where the match is.
	10,   // Name
	8.5,  // Alias
	4,    // Borrowed: alias that is the name of something else
	0.75, // Thing: factor on the names of things on a page
	0.2,  // HeadingName: factor on headings that are no thing's name
	0.3,  // Both: share of the lesser of page's and thing's name
	3,    // Kind
	2.2,  // Model
	1.5,  // Heading
	1,    // Text
	// How a name's match is scaled: as it is, by how much of the name the query
	// says, and by how much of both the other says.
	0.6, // NameBase
	0.4, // NameFull
	1.8, // NameEqual
	0.3, // Stop: what a stop word of a name counts
	0.3, // NameShare: what is left of a match that says next to nothing of the query
	// Sections other than the best, and the bonus of a section that answers the
	// intent, in its heading or only in its text.
	0.2, // Others
	1.4, // KindAsked: factor on the kind that the query names
	1.8, // ModelAsked: factor on the pages of a model that it names besides something else
	1,   // IntentHeading
	0.2, // IntentText
	0.5, // IntentPage: share of that which the page gains
	// What a word counts that all pages have; one that few have counts 1.
	0.25, // Common
	// Where on the page a result lands: what a heading gains that says the
	// same as the query, and how much makes it the place whatever the page's name.
	3,   // Fit
	0.8, // FitWhole
	// Least share of the query that a page must hold, and what a word counts
	// that is only in the text there, or elsewhere on the page.
	0.2,  // Cover
	0.8,  // CoverText
	0.5,  // CoverPage
	0.2,  // CoverThing: elsewhere on the page of a thing
	0.25, // Light: what a word counts that says little, or only what is asked
	1.45, // KindMeant: factor on kinds that answer what is asked
}
