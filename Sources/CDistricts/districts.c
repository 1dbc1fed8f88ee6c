// Adding a document: put it into `documents/` and name it here twice.

#include "CDistricts.h"

// Embedding files is C23, which this compiler offers in earlier modes as an extension.
#pragma clang diagnostic ignored "-Wpragmas"
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char facts[] = {
#embed "documents/facts.md"
};
static const unsigned char changle_2022[] = {
#embed "documents/changle-2022.md"
};
static const unsigned char changle_2020[] = {
#embed "documents/changle-2020.md"
};
static const unsigned char quanzhou_tiz_2023[] = {
#embed "documents/quanzhou-tiz-2023.md"
};
static const unsigned char fuzhou_2021[] = {
#embed "documents/fuzhou-2021.md"
};
static const unsigned char jindong_2021[] = {
#embed "documents/jindong-2021.md"
};
static const unsigned char places[] = {
#embed "places.csv"
};

static const unsigned char estimate_en[] = {
#embed "papers/estimate.en.md"
};
static const unsigned char estimate_zh[] = {
#embed "papers/estimate.zh.md"
};
static const unsigned char targets_en[] = {
#embed "papers/targets.en.md"
};
static const unsigned char targets_zh[] = {
#embed "papers/targets.zh.md"
};
static const unsigned char amendment_en[] = {
#embed "papers/amendment.en.md"
};
static const unsigned char amendment_zh[] = {
#embed "papers/amendment.zh.md"
};
static const unsigned char explanation_en[] = {
#embed "papers/explanation.en.md"
};
static const unsigned char explanation_zh[] = {
#embed "papers/explanation.zh.md"
};

static const unsigned char summary_en[] = {
#embed "papers/summary.en.md"
};
static const unsigned char summary_zh[] = {
#embed "papers/summary.zh.md"
};

static const embedded_file documents[] = {
    {"facts", facts, sizeof facts},
    {"changle-2022", changle_2022, sizeof changle_2022},
    {"changle-2020", changle_2020, sizeof changle_2020},
    {"quanzhou-tiz-2023", quanzhou_tiz_2023, sizeof quanzhou_tiz_2023},
    {"fuzhou-2021", fuzhou_2021, sizeof fuzhou_2021},
    {"jindong-2021", jindong_2021, sizeof jindong_2021},
};

static const embedded_file papers[] = {
    {"estimate.en", estimate_en, sizeof estimate_en},
    {"estimate.zh", estimate_zh, sizeof estimate_zh},
    {"targets.en", targets_en, sizeof targets_en},
    {"targets.zh", targets_zh, sizeof targets_zh},
    {"amendment.en", amendment_en, sizeof amendment_en},
    {"amendment.zh", amendment_zh, sizeof amendment_zh},
    {"explanation.en", explanation_en, sizeof explanation_en},
    {"explanation.zh", explanation_zh, sizeof explanation_zh},
    {"summary.en", summary_en, sizeof summary_en},
    {"summary.zh", summary_zh, sizeof summary_zh},
};

size_t districts_paper_count(void) { return sizeof papers / sizeof papers[0]; }

embedded_file districts_paper(size_t index) {
  if (index >= districts_paper_count()) return (embedded_file){"", facts, 0};
  return papers[index];
}

size_t districts_document_count(void) { return sizeof documents / sizeof documents[0]; }

embedded_file districts_document(size_t index) {
  if (index >= districts_document_count()) return (embedded_file){"", facts, 0};
  return documents[index];
}

embedded_file districts_places(void) { return (embedded_file){"places", places, sizeof places}; }
