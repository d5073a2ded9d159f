#compdef vault-mock
# zsh completion for vault-mock: eval "$(vault-mock completion zsh)"
_vault_mock() {
  local -a commands=(
@commands@
  )
  local command=@first@
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
  elif [[ -n ${(M)commands:#$words[2]:*} ]]; then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
@cases@
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _vault_mock "$@"
elif (( $+functions[compdef] )); then
  compdef _vault_mock vault-mock
fi
