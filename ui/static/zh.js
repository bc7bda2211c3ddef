// Streamlit 1.67 speaks English only. This puts its own words into Chinese as they appear and leaves ours alone.
(function () {
  "use strict";
  var WORDS = {
    "Upload": "上传文件", "Upload file": "上传文件", "Upload files": "上传文件", "Browse files": "选择文件", "Add files": "添加文件", "Browse directories": "选择文件夹",
    "Drag and drop file here": "将文件拖到此处", "Drag and drop a file here": "将文件拖到此处",
    "Drag and drop files here": "将文件拖到此处", "Drag and drop directories here": "将文件夹拖到此处",
    "File type not allowed.": "不支持这种文件类型。", "Only one file is allowed.": "只能上传一个文件。",
    "Remove file": "移除文件", "Upload failed": "上传失败",
    "Choose an option": "请选择", "Choose options": "请选择", "Choose or add an option": "请选择或填写", "Select...": "请选择",
    "Choose or add options": "请选择或填写", "Add an option": "请填写", "Add options": "请填写",
    "No options to select": "没有可选项", "No options to select.": "没有可选项", "No options": "没有可选项", "No results": "没有结果",
    "Select all": "全选", "Clear all": "全部清除", "Clear value": "清除", "Clear entry": "清除", "Clear selection": "清除选择",
    "All selected options have been cleared.": "已清除全部选择。", "Open": "展开", "Open dropdown": "展开",
    "(required)": "（必填）", "Required": "必填", "Press Enter to apply": "按回车确认", "Press Enter to submit form": "按回车提交",
    "Press Ctrl+Enter to apply": "按 Ctrl+回车确认", "Press Ctrl+Enter to submit form": "按 Ctrl+回车提交",
    "Press ⌘+Enter to apply": "按 ⌘+回车确认", "Press ⌘+Enter to submit form": "按 ⌘+回车提交",
    "Invalid input.": "输入无效。", "Number is above the allowed range.": "超出允许的最大值。",
    "Number is below the allowed range.": "低于允许的最小值。", "Increment": "增加", "Decrement": "减少",
    "Invalid time format. Please use HH:MM.": "时间格式应为 时:分。",
    "Invalid time format. Please use HH:MM:SS or HH:MM.": "时间格式应为 时:分 或 时:分:秒。",
    "Hours must be 0–23.": "小时应在 0 至 23 之间。", "Minutes must be 0–59.": "分钟应在 0 至 59 之间。",
    "Choose date": "选择日期", "Choose date range": "选择日期范围", "Choose date and time": "选择日期和时间", "Select date": "选择日期",
    "Calendar": "日历", "Clear date": "清除日期", "Clear dates": "清除日期", "Clear date and time": "清除日期和时间", "Clear time": "清除时间",
    "Quick select a date range": "快速选择日期范围", "Date range": "日期范围",
    "Past Week": "最近一周", "Past Month": "最近一个月", "Past 3 Months": "最近三个月", "Past 6 Months": "最近六个月",
    "Past Year": "最近一年", "Past 2 Years": "最近两年",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "方向键移动日期，回车选定，Esc 关闭。",
    "Show password": "显示密码", "Hide password": "隐藏密码", "Show password text": "显示密码", "Hide password text": "隐藏密码",
    "Search": "搜索", "Close Search": "关闭搜索", "Next Result": "下一个", "Previous Result": "上一个",
    "Download as CSV": "导出 CSV", "Download as PNG": "下载图片", "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Toggle fullscreen": "切换全屏",
    "Show/hide columns": "显示/隐藏列", "Add row": "添加一行", "Delete row(s)": "删除所选行", "Show data": "显示数据", "Show chart": "显示图表",
    "Sort ascending": "升序", "Sort descending": "降序", "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列",
    "Autosize": "自动列宽", "Format": "格式", "Statistics": "统计", "Copy column name": "复制列名", "Dataframe column menu": "列菜单",
    "Automatic": "自动", "Plain": "普通", "Compact": "简写", "Localized": "本地格式", "Scientific": "科学计数", "Percent": "百分比",
    "Count": "计数", "Empty": "空值", "Distinct": "不同值", "Minimum": "最小", "Maximum": "最大", "Median": "中位数", "Average": "平均", "Sum": "合计",
    "Standard deviation": "标准差", "Loading...": "正在加载…", "Failed to load data": "数据加载失败", "empty": "空", "No data": "没有数据",
    "Next page": "下一页", "Previous page": "上一页", "Pagination": "翻页", "First page": "首页", "Last page": "末页",
    "Copy to clipboard": "复制", "Copy": "复制", "Copied": "已复制", "Copied!": "已复制", "Close": "关闭", "Cancel": "取消", "OK": "确定", "Delete": "删除", "Edit": "编辑",
    "Main menu": "菜单", "Menu": "菜单", "Rerun": "刷新", "Print": "打印", "Clear cache": "清除缓存", "Settings": "设置", "About": "关于", "Get help": "帮助",
    "Record a screencast": "录制屏幕", "Theme": "主题", "System": "跟随系统", "Light": "浅色", "Dark": "深色", "Custom Theme": "默认主题",
    "Custom Theme Light": "默认主题（浅色）", "Custom Theme Dark": "默认主题（深色）", "Custom Theme Auto": "默认主题（自动）",
    "Auto rerun": "自动刷新", "Always rerun": "总是刷新", "File change.": "文件有变化。", "Stop": "停止", "Running...": "正在运行…", "Running": "正在运行",
    "Expand sidebar": "展开侧栏", "Collapse sidebar": "收起侧栏", "Sidebar": "侧栏", "App pages": "页面", "Skip to main content": "跳到正文",
    "Link to heading": "本节链接", "Help": "说明", "Selected values": "已选", "Navigate to home page": "回到首页", "Notifications": "通知", "Scroll tabs left": "向左", "Scroll tabs right": "向右", "Logo": "标志",
    "Page not found": "页面不存在", "The page that you have requested does not seem to exist": "您访问的页面不存在",
    "The page that you have requested does not seem to exist. Running the app's main page.": "您访问的页面不存在，已转到首页。",
    "Connection error": "连接中断", "Connection timed out.": "连接超时。", "CONNECTING": "正在连接", "Connecting": "正在连接", "Please wait...": "请稍候…", "Try again": "重试",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有响应，请检查网络连接。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "服务可能已停止，请联系系统管理员。",
    "Reconnected to server.": "已重新连接。", "Connection lost. Please wait for the app to reconnect, then try again.": "连接中断，请等待重新连接后再试。",
    "Download plot as a PNG": "下载图片", "Download plot as a png": "下载图片", "Zoom": "缩放", "Pan": "平移", "Box Select": "框选", "Lasso Select": "套索选择", "Zoom in": "放大", "Zoom out": "缩小",
    "Autoscale": "自动缩放", "Reset axes": "恢复坐标轴", "Reset view": "恢复视图"
  };
  var PARTS = { year: "年", month: "月", day: "日", hour: "时", minute: "分", second: "秒", "AM/PM": "上午/下午" };
  var PATTERNS = [
    [/^Limit (.+) per file(?: • (.+))?$/, function (m) { return "单个文件不超过 " + m[1] + (m[2] ? " • " + m[2] : ""); }],
    [/^(\d[\d.]*\s?[KMGT]?B) per file(?: • (.+))?$/, function (m) { return "单个文件不超过 " + m[1] + (m[2] ? " • " + m[2] : ""); }],
    [/^Drag and drop (.+) here$/, function () { return "将文件拖到此处"; }],
    [/^Add: (.+)$/, function (m) { return "添加：" + m[1]; }],
    [/^(year|month|day|hour|minute|second|AM\/PM), (.+)$/, function (m) { return PARTS[m[1]] + "，" + m[2]; }],
    [/^Help for (.+)$/, function (m) { return "说明：" + m[1]; }],
    [/^Remove (.+)$/, function (m) { return "移除 " + m[1]; }],
    [/^Select (\d+) matches$/, function (m) { return "选择 " + m[1] + " 项"; }],
    [/^View (\d+) more$/, function (m) { return "展开其余 " + m[1] + " 项"; }],
    [/^View less$/, function () { return "收起"; }],
    [/^Page (\d+)$/, function (m) { return "第 " + m[1] + " 页"; }],
    [/^(\d+) results?$/, function (m) { return m[1] + " 个结果"; }],
    [/^Max (\d+) selections?$/, function (m) { return "最多选 " + m[1] + " 项"; }],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, function (m) { return "最多选 " + m[1] + " 项，请先去掉一项。"; }],
    [/^Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/, function (m) { return "请输入 " + m[1] + " 至 " + m[2] + " 之间的数。"; }],
    [/^Number is above the allowed range\. Please enter a value less than or equal to (.+)\.$/, function (m) { return "请输入不大于 " + m[1] + " 的数。"; }],
    [/^Number is below the allowed range\. Please enter a value greater than or equal to (.+)\.$/, function (m) { return "请输入不小于 " + m[1] + " 的数。"; }],
    [/^File is too large\. Maximum size is (.+) bytes\.$/, function (m) { return "文件过大，不得超过 " + m[1] + " 字节。"; }]
  ];
  var ATTRIBUTES = ["placeholder", "aria-label", "title", "data-title", "alt"];
  var OURS = "[data-testid=stMarkdownContainer], [data-testid=stHtml], [data-testid=stMarkdown], code, pre, textarea, script, style";

  function said(words) {
    var bare = words.trim();
    if (!bare || !/[A-Za-z]/.test(bare)) return null;
    if (Object.prototype.hasOwnProperty.call(WORDS, bare)) return words.replace(bare, WORDS[bare]);
    for (var i = 0; i < PATTERNS.length; i++) {
      var match = PATTERNS[i][0].exec(bare);
      if (match) return PATTERNS[i][1](match);
    }
    return null;
  }
  var STREAMLITS = "[data-testid=stFileUploaderDropzone]"; // its button wears the clothes of our texts
  var OUR_MARKUP = "[data-testid=stHtml], code, pre, script, style"; // elsewhere the attributes are Streamlit's
  function isIn(node, places) {
    var element = node.nodeType === 1 ? node : node.parentElement;
    return !!(element && element.closest && element.closest(places));
  }
  function text(node) {
    if (isIn(node, OURS) && !isIn(node, STREAMLITS)) return;
    var chinese = said(node.nodeValue || "");
    if (chinese !== null && chinese !== node.nodeValue) node.nodeValue = chinese;
  }
  function attributes(element) {
    if (isIn(element, OUR_MARKUP)) return;
    for (var i = 0; i < ATTRIBUTES.length; i++) {
      var value = element.getAttribute(ATTRIBUTES[i]);
      var chinese = value && said(value);
      if (chinese && chinese !== value) element.setAttribute(ATTRIBUTES[i], chinese);
    }
  }
  function walk(root) {
    if (root.nodeType === 3) { text(root); return; }
    if (root.nodeType !== 1) return;
    attributes(root);
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 3) text(node); else attributes(node);
    }
  }
  new MutationObserver(function (changes) {
    for (var i = 0; i < changes.length; i++) {
      var change = changes[i];
      if (change.type === "characterData") text(change.target);
      else if (change.type === "attributes") attributes(change.target);
      else for (var j = 0; j < change.addedNodes.length; j++) walk(change.addedNodes[j]);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
})();
