# Runs a script as application control (AppLocker, App Control for Business) has PowerShell run one that nobody signed.
param([string]$Script, [string]$Path)
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
& $Script -Path $Path
