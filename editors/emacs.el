;; Cesuan in Emacs (29 or later, which has eglot; 28 with Debian's elpa-eglot): M-x eglot in a document or scenario.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((markdown-mode yaml-mode yaml-ts-mode text-mode) . ("cesuan" "lsp"))))
(add-to-list 'auto-mode-alist '("\\.md\\'" . text-mode) t)
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . text-mode) t)
