// The words and turns of rules in English that remedies name by themselves, with what Chinese rules write instead. What
// is a whole clause or expression needs no entry: it is read and written anew. Knows nothing of diagnostics.

enum RemedyPhrases {
  static let all: [String: String] = [
    // Declarations.
    "document": "文件", "list": "清单", "value": "引用标准", "define": "定义", "reading": "口径", "param": "参数", "measure": "措施",
    "duty": "任务", "note": "说明", "example": "算例", "table": "标准表", "limit": "合并限额", "field": "字段", "lists": "清单",
    // Clauses.
    "title": "名称", "article": "条款", "kind": "待遇类型", "window": "施行期限", "no window": "不设期限", "assume": "假定", "text": "内容",
    "for": "对", "for each": "对每", "each": "每", "each year": "每个年度", "for the district": "对本地区", "where": "凡…的",
    "begins": "以…判断期限", "let": "设", "count": "计", "require": "要求", "once": "每人一次", "once per": "同一…只计一次",
    "once per person": "每人一次", "every record": "逐条计算", "only": "同一…只取", "yields": "与…就高不重复", "yields to": "与…就高不重复",
    "pay": "付给", "grant": "授予", "quota": "名额", "ordered": "次序", "ordered by": "次序", "error": "报错", "expect": "应当",
    "cap": "限额", "fund": "资金来源", "district 60%": "区级财政60%", "district rest": "其余区级财政", "over": "涉及", "number": "文号",
    "jurisdiction": "施行地区", "issued": "印发日期",
    "person": "同人依据", "ends": "终止",
    "lasts": "持续", "joins": "衔接", "gap": "间断不超过", "default": "默认", "district": "本地区", "given": "已知", "with": "令",
    "as": "核算日", "as of": "核算日", "as adopted": "假设采用", "as enacted": "按原文件施行", "label": "标签", "required": "必填",
    "absent": "未填即无", "says": "读作",
    // Parts of clauses.
    "on": "于…计为应付", "when": "限…的", "at most": "不超过", "at least": "不少于", "or at least": "但不低于", "for each member": "每人",
    "in turn": "先到先得", "in proportion": "按比例", "in all": "共不超过", "in year": "归入年度", "part": "分期", "part rest": "分期 余额",
    "rest": "余额", "up to": "不超过", "up to …": "不超过…", "below": "不满", "above": "超过", "any": "不限", "otherwise": "其余",
    "all": "全部",
    "at any time": "不论何时", "with same person": "本人相同的", "preferring": "优先", "by": "按", "a": "每条为", "an": "每条为",
    "then": "则", "equal": "等额", "parts": "期", "to": "至", "from": "自", "of": "的", "in": "在", "per": "/",
    "in any …": "任意…内", "in any 3 years": "任意3年内", "in any 36 months": "任意36个月内", "by date": "随日期调整",
    "recover": "追回", "recover larger of (paid - 100 yuan, 0 yuan) …": "追回 （已付－100元、0元）中较大者，…", "it": "其",
    "currency": "货币", "candidates": "候选", "ascending": "由低到高", "for each m from 1 to 12": "m自1至12，各期…之和",
    // Conditions and figures.
    "and": "且", "or": "或", "not": "非", "if": "如", "is": "为", "is not": "不为", "is given": "有", "any of": "（…）之一",
    "is any of": "为（…）之一", "includes": "含", "includes any of": "含（…）之一", "within": "属于", "=": "等于", "<=": "不超过",
    ">=": "不少于",
    "<": "少于", ">": "超过", "through": "按…累进", "present on": "于…在岗", "year": "年度", "count of": "…数",
    "default NAME": "缺省 NAME", "absent means none": "未填即无", "one of (…)": "选项 …",
    // What an example may expect.
    "met": "完成", "not met": "未完成", "unknown": "无法判定", "unless unpriced": "标准未明确时除外",
  ]
}
