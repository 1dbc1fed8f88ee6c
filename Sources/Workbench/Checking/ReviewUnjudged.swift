// The conditions that a review does not judge, with the words of the rule, and how they are told. Knows nothing of what
// is found.

import Answers
import Diagnostics
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

extension Review {
  /// A condition that the screen does not judge.
  struct Unjudged: Sendable {
    let condition: UnjudgedCondition
    let document: CheckedDocument
    /// What it asks about: 企业的控股方.
    let fact: Text
    /// The words of the rule.
    let words: Text
  }

  /// What a rule says at some places, each wording once.
  static func words(
    at places: [SourceRange], of document: CheckedDocument, _ wording: ChineseWording?
  ) -> [Text] {
    places.map { place in
      let written = DraftText(document).words(at: place)
      return Text(written.en, zh: wording?.words(at: place) ?? written.zh)
    }.reduce(into: [Text]()) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The conditions of a document that hang on facts which documents declare.
  static func unjudged(_ document: CheckedDocument, in session: Desk) -> [Unjudged] {
    let (dictionary, places) = (session.dictionary, session.library.places)
    let all = RuleScreen.screened(document, dictionary, places).unjudged
    let wording = all.isEmpty ? nil : document.inChinese(dictionary: dictionary, places: places)
    return all.map { one in
      let words = Review.words(at: one.locations, of: document, wording)
      let list = dictionary.list(one.list)?.words ?? .same(one.list)
      let fact = one.field.map { field in
        Text("\(list.en): \(field.name.replacing("_", with: " "))", zh: "\(list.zh)的\(field.words.zh)")
      }
      return Unjudged(
        condition: one, document: document, fact: fact ?? Text("\(list.en): on the list", zh: "列入\(list.zh)"),
        words: Text(words.map(\.en).joined(separator: "; "), zh: words.map(\.zh).joined(separator: "；")))
    }
  }
}

extension ReviewAnswer {
  /// Nothing is found: said only where everything was judged.
  var allClear: Text? {
    guard review.screened.isEmpty else { return nil }
    return review.unjudged.isEmpty
      ? Text("The screen for fair competition finds nothing in the rules.", zh: "公平竞争筛查：规则中未发现需论证的条件。")
      : Text(
        "The screen for fair competition finds nothing in the conditions that it knows; those below it has not judged.",
        zh: "公平竞争筛查：在能够识别的条件中未发现需论证的；下列条件未作判断。")
  }

  /// Why they are not judged.
  var unjudgedRemark: Text {
    Text(
      "not judged: conditions on facts of undertakings that documents declare themselves; whether such a fact is "
        + "one of "
        + "place, ownership or an office's choice is for a person to say",
      zh: "未作判断：规则以文件自设的经营者事实为条件，是否属于按地区、所有制或者指定名单区别对待，须由人判断")
  }

  /// The conditions that are not judged.
  var unjudged: Relation {
    Relation(
      title: Text("Conditions that are not judged", zh: "未作判断的条件"), of: review.unjudged,
      [
        .id("document", Text("Document", zh: "文件"), review.documents.count > 1 ? .useful : nil) { $0.document.id },
        .words("fact", Text("Fact", zh: "自设事实"), .essential) { $0.fact },
        .words("condition", Text("In the rule", zh: "规则内容"), .essential) { $0.words },
        .ids("measures", Text("Measures", zh: "措施"), .important) { $0.condition.measures.map(\.id) }
          .shown { .names($0.condition.measures.map(\.words), limit: 3) },
        .ids("articles_of_measures", Text("Clauses", zh: "条款"), .useful) { one in
          one.condition.measures.map(\.article).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        },
      ])
  }
}
