# bash completion for vault-mock: eval "$(vault-mock completion bash)"
_vault_mock() {
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=@first@ words='' files=''
  local IFS=$' \t\n'
  case " @commands@ " in *" ${COMP_WORDS[1]} "*) [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]} ;; esac
  case $command in
@cases@
  esac
  [ "$COMP_CWORD" = 1 ] && words+=' @commands@'
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [ -n "$files" ] && [[ $cur != -* ]]; then
    compopt -o filenames 2>/dev/null
    IFS=$'\n'
    COMPREPLY+=($(compgen -f -- "$cur"))
  fi
}
complete -F _vault_mock vault-mock
