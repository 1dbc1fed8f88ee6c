#include "CPage.h"

// Embedding files is C23, which this compiler offers in earlier modes as an extension.
#pragma clang diagnostic ignored "-Wpragmas"
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char script[] = {
#embed "page.js"
};
static const unsigned char style[] = {
#embed "page.css"
};

page_file page_script(void) { return (page_file){script, sizeof script}; }
page_file page_style(void) { return (page_file){style, sizeof style}; }
