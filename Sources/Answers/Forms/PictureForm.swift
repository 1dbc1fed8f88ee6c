// The chart of an answer as a picture: lines and areas (SVG), or points where a browser is at hand (PNG).

import Diagnostics
import View

extension OutputFormat {
  /// The answer's chart as SVG.
  package static let picture: OutputFormat = OutputFormat(
    rawValue: "svg", chinese: ["svg格式"], endings: ["svg"]
  ) { answer, language, work in
    let text = try PictureForm.picture(answer, language).text
    try work.put(Array((work.showsIdNumbers ? text : PersonalNumbers.covered(text)).utf8))
    return FileTally()
  }

  /// The answer's chart as points, twice as many as it has on a page.
  package static let image: OutputFormat = OutputFormat(
    rawValue: "png", chinese: ["png格式", "图片"], endings: ["png"], needsBrowser: true
  ) { answer, language, work in
    let picture = try PictureForm.picture(answer, language)
    let page = """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8"><meta name="color-scheme" content="light">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <style>html,body{margin:0;background:#fff}svg{display:block}</style></head><body>
      \(work.showsIdNumbers ? picture.text : PersonalNumbers.covered(picture.text))</body></html>

      """
    try work.put(try work.browser(FileWork.Order(page, .picture(width: picture.width, height: picture.height))))
    return FileTally()
  }
}

extension Answer {
  /// Its chart as SVG that stands by itself; nil where nothing is drawn of it.
  package func picture(in language: Language) -> String? {
    AmountWriting.with(decimals: decimals) { try? PictureForm.picture(self, language).text }
  }
}

enum PictureForm {
  /// What is drawn of an answer.
  static func picture(_ answer: Answer, _ language: Language) throws -> SVGRenderer.Picture {
    guard let chart = chart(of: answer) else { throw FileWork.Failure.nothingToDraw }
    return SVGRenderer(language: language, isStandalone: true).picture(chart)
  }

  /// The answer's own chart, or the first in its body.
  static func chart(of answer: Answer) -> Chart? {
    if let chart = answer.chart { return chart }
    for case .block(.chart(let chart)) in answer.body.parts { return chart }
    return nil
  }
}
