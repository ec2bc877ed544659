# Runs a script and stops it after some seconds, as Ctrl+C does: PowerShell stops a pipeline in this way for both.
param([string]$Script, [string]$Path, [int]$Seconds)
$runner = [powershell]::Create().AddCommand($Script).AddParameter('Path', $Path)
$running = $runner.BeginInvoke()
Start-Sleep -Seconds $Seconds
$runner.Stop()
if (-not $running.IsCompleted) { throw 'it goes on' }
