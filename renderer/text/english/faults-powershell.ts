/** Why PowerShell on this computer, or a session that it opens, did not work. */
export const powershellFaults = {
  "unsupported-remoting-missing": "This computer cannot open a session on a mail server: Windows alone has PowerShell remoting.",
  "unsupported-remoting-missing-next": "Run the console on a Windows computer of the domain.",
  "unsupported-remoting-failed": "PowerShell on this computer did not begin a session.",
  "unsupported-remoting-failed-next": "The details have its answer. WinRM's client settings or a policy may be in the way.",
  "unsupported-remoting-account-name": "Remote PowerShell does not take a distinguished name as user name.",
  "unsupported-remoting-account-name-next": "Enter the account as user@domain or DOMAIN\\user.",
  "unsupported-powershell-missing": "PowerShell could not be started.",
  "unsupported-powershell-missing-next": "Check that the program in the details is there, and that no policy such as AppLocker forbids it.",
  "unsupported-powershell-silent": "PowerShell ended without an answer.",
  "unsupported-powershell-silent-next": "Try again. If it stays, look for a policy or a virus scanner that ends it.",
  "unsupported-powershell-script": "PowerShell on this computer could not run the console's script.",
  "unsupported-powershell-script-next": "The details name the error. A policy may restrict PowerShell's language.",
} as const;
