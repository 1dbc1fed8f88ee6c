// What the names of a programme stand for where no bundled document is called so: drafts, and documents that take a
// bundled one's place. Told with the settings in force, in every answer. Knows nothing of how it is shown.

import Diagnostics
import Districts
import Facts
import PolicyLanguage

extension ResolvedProgramme {
  /// What its drafts are, as far as what they set does not tell it.
  package func origins(_ dictionary: FactDictionary) -> [Setting] {
    drafts.compactMap { name, whole in
      let isTold = whole.documents.allSatisfy { document in
        whole.settings.contains { $0.target.id.hasPrefix(document.id + ".") }
      }
      if whole.edits.isEmpty, isTold { return nil }
      var setting = Setting(.programme(name, whole.words(dictionary)), value: .none)
      setting.source = .draft
      return setting
    }
  }
}

extension Session.UnfoldedDraft {
  /// Its documents with what is left out of them and added: `changle-2022 without agency_reward, with extra from
  /// add.md`.
  func words(_ dictionary: FactDictionary) -> Text {
    let parts = documents.map { document in
      edits.first { $0.document == document.id }?.words(of: document, dictionary) ?? .same(document.id)
    }
    return Text(parts.map(\.en).joined(separator: " + "), zh: parts.map(\.zh).joined(separator: " + "))
  }
}

extension DocumentEdit {
  fileprivate func words(of document: CheckedDocument, _ dictionary: FactDictionary) -> Text {
    var changes: [Text] = []
    if !removed.isEmpty {
      let words = removed.map { document.measure($0)?.words ?? .same($0) }
      changes.append(
        Text(
          "without \(words.map(\.en).joined(separator: ", "))", zh: "去掉\(words.map(\.zh).joined(separator: "、"))"))
    }
    for file in added {
      let measures = PolicyParser.syntax(of: file, dictionary: dictionary).measures
      let name = file.nameAlone
      let from = Text("from \(name)", zh: "（来自 \(name)）")
      if measures.isEmpty {
        changes.append(Text("with declarations \(from.en)", zh: "加入声明\(from.zh)"))
      } else {
        let (en, zh) = (measures.map(\.name.text), measures.map { $0.name.zh ?? $0.name.text })
        changes.append(
          Text("with \(en.joined(separator: ", ")) \(from.en)", zh: "加入\(zh.joined(separator: "、"))\(from.zh)"))
      }
    }
    if let window {
      changes.append(
        Text(
          "in force \(window.from.text) to \(window.to.text)", zh: "施行期 \(window.from.text) 至 \(window.to.text)"))
    }
    let all = [Text("", zh: "")] + changes
    return Text(
      document.id + all.map(\.en).joined(separator: ", ").dropFirst(),
      zh: document.id + all.map(\.zh).joined(separator: "，"))
  }
}

extension CheckedMeasure {
  /// The file from which a draft adds it; nil where it is its document's own.
  package var addedFrom: String? {
    location.source?.file(includedAt: location.start.line)?.nameAlone
  }
}

extension Library {
  /// The file of a further document that stands in a bundled one's place and says something else; nil: none does.
  package func standIn(for id: String) -> String? {
    guard !ownFiles.isEmpty, let bundled = Districts.documents.first(where: { $0.id == id }),
      let own = ownDocument(id), own.source.text != bundled.text
    else { return nil }
    return own.source.nameAlone
  }

  /// What is said of every run of documents that stand in bundled ones' places.
  package func standIns(among documents: [CheckedDocument]) -> [Setting] {
    documents.compactMap { document in
      standIn(for: document.id).map { file in
        Setting(
          .programme(document.id, Text("\(file), not the bundled document", zh: "\(file)（并非内置文件）")), value: .none)
      }
    }
  }
}
