# Lists what a script uses beyond what is known to change nothing, found on its syntax tree by PowerShell's own parser: commands with their
# parameters, types, and members by name. What is not on a list is refused, whatever it does.

# A command's parameters may be shortened: these are written out, and no others are let through.
$commands = @{
    'ConvertTo-Json' = 'Compress', 'Depth', 'InputObject'
    'ForEach-Object' = @()
    'Get-ItemProperty' = , 'LiteralPath'
    'Get-Module' = 'ListAvailable', 'Name'
    'Join-Path' = 'Path', 'ChildPath'
    'New-Object' = 'TypeName', 'ArgumentList'
    'Out-File' = 'LiteralPath', 'Encoding', 'NoClobber', 'Append', 'InputObject'
    'Select-Object' = , 'First'
    'Split-Path' = , 'LiteralPath'
    'Test-Path' = 'LiteralPath', 'PathType'
    'Where-Object' = @()
    'Write-Host' = , 'Object'
    'Write-Progress' = 'Activity', 'Status', 'PercentComplete', 'Completed'
    'Write-Warning' = , 'Message'
}
# What may be made or asked: none of them reaches a file, a process, the registry or another computer's state.
$types = 'ordered', 'int', 'string', 'switch', 'CmdletBinding',
'System.AggregateException', 'System.Action', 'System.BitConverter', 'System.Byte[]', 'System.Collections.ArrayList', 'System.Convert', 'System.DateTime', 'System.Delegate',
'System.Diagnostics.Stopwatch', 'System.Environment', 'System.Globalization.CultureInfo', 'System.IO.MemoryStream', 'System.Net.Dns',
'System.Net.NetworkInformation.IPGlobalProperties', 'System.Net.Security.RemoteCertificateValidationCallback', 'System.Net.Security.SslStream',
'System.Net.Sockets.SocketException', 'System.Net.Sockets.TcpClient', 'System.Security.Authentication.SslProtocols',
'System.Security.Cryptography.SHA256CryptoServiceProvider', 'System.Text.Encoding', 'System.Threading.CancellationTokenSource', 'System.TimeZoneInfo'
$statics = 'System.BitConverter::ToString', 'System.Convert::ToBase64String', 'System.DateTime::UtcNow', 'System.Delegate::CreateDelegate', 'System.Diagnostics.Stopwatch::StartNew',
'System.Environment::MachineName', 'System.Environment::OSVersion', 'System.Globalization.CultureInfo::InvariantCulture', 'System.Net.Dns::GetHostAddressesAsync',
'System.Net.NetworkInformation.IPGlobalProperties::GetIPGlobalProperties', 'System.Text.Encoding::ASCII', 'System.Text.Encoding::UTF8', 'System.TimeZoneInfo::Local'
# On objects that a script can come by with those types and commands. `Write` is MemoryStream's and SslStream's.
$methods = 'Add', 'AuthenticateAsClient', 'Close', 'ComputeHash', 'ConnectAsync', 'Dispose', 'Flush', 'GetBytes', 'GetRawCertData', 'GetStream', 'GetType', 'GetUtcOffset',
'Read', 'Register', 'Replace', 'ToArray', 'ToLowerInvariant', 'ToString', 'Wait', 'Write'
$writable = 'address', 'addresses', 'answer', 'certificates', 'chain', 'client', 'error', 'ms', 'page', 'policy', 'protocol', 'tcp', 'tls'

foreach ($file in $args) {
    $tokens = $null
    $problems = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseFile((Resolve-Path -LiteralPath $file), [ref]$tokens, [ref]$problems)
    $own = @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object { $_.Name })
    $report = { param($node, $what) '{0}:{1}: {2}: {3}' -f $file, $node.Extent.StartLineNumber, $what, $node.Extent.Text.Split("`n")[0] }
    foreach ($problem in $problems) { '{0}:{1}: {2}' -f $file, $problem.Extent.StartLineNumber, $problem.Message }

    $files = 0
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        switch ($node.GetType().Name) {
            'CommandAst' {
                $name = $node.GetCommandName()
                if ($node.InvocationOperator -ne 'Unknown') { & $report $node 'call operator' }
                elseif ($name -in $own) { }
                elseif (-not $name -or -not $commands.ContainsKey($name)) { & $report $node 'command' }
                else {
                    if ($name -eq 'Out-File') { $files++ }
                    # Either takes a member's name as well, which is then called.
                    if ($name -in 'ForEach-Object', 'Where-Object' -and ($node.CommandElements.Count -ne 2 -or $node.CommandElements[1] -isnot [System.Management.Automation.Language.ScriptBlockExpressionAst])) { & $report $node 'member by name' }
                    if ($name -eq 'New-Object') {
                        $made = $node.CommandElements[2]
                        if ($node.CommandElements[1].ParameterName -ne 'TypeName' -or $made.Value -notin $types) { & $report $node 'type' }
                    }
                    foreach ($element in $node.CommandElements) {
                        if ($element -is [System.Management.Automation.Language.CommandParameterAst] -and $element.ParameterName -notin $commands[$name]) { & $report $element 'parameter' }
                        if ($element.Splatted) { & $report $element 'splatting' }
                    }
                }
            }
            { $_ -in 'TypeExpressionAst', 'TypeConstraintAst', 'AttributeAst' } { if ($node.TypeName.FullName -notin $types) { & $report $node 'type' } }
            'InvokeMemberExpressionAst' {
                if ($node.Member -isnot [System.Management.Automation.Language.StringConstantExpressionAst]) { & $report $node 'member' }
                elseif ($node.Static) {
                    $static = "$($node.Expression.TypeName.FullName)::$($node.Member.Value)"
                    if ($static -notin $statics) { & $report $node 'static member' }
                    # A method by its name is any method: this one ends a connection.
                    if ($static -like '*::CreateDelegate' -and ($node.Arguments.Count -ne 3 -or $node.Arguments[2] -isnot [System.Management.Automation.Language.StringConstantExpressionAst] -or $node.Arguments[2].Value -ne 'Close')) { & $report $node 'delegate' }
                } elseif ($node.Member.Value -notin $methods) { & $report $node 'method' }
            }
            'MemberExpressionAst' {
                if ($node.Member -isnot [System.Management.Automation.Language.StringConstantExpressionAst]) { & $report $node 'member' }
                elseif ($node.Static -and "$($node.Expression.TypeName.FullName)::$($node.Member.Value)" -notin $statics) { & $report $node 'static member' }
            }
            'AssignmentStatementAst' {
                # A property of a foreign object is more than a value of one's own.
                if ($node.Left -is [System.Management.Automation.Language.MemberExpressionAst] -and ($node.Left.Static -or $node.Left.Member.Value -notin $writable)) { & $report $node 'assignment' }
                # Several at once, or in brackets: what is behind each is not looked at one by one.
                if ($node.Left -isnot [System.Management.Automation.Language.MemberExpressionAst] -and $node.Left.Find({ $args[0] -is [System.Management.Automation.Language.MemberExpressionAst] }, $true)) { & $report $node 'assignment' }
                if ("$($node.Left)" -match '^\$(env|global|\w+):' -and "$($node.Left)" -notlike '$script:seen*') { & $report $node 'assignment' }
            }
            'UnaryExpressionAst' {
                if ("$($node.TokenKind)" -match 'PlusPlus|MinusMinus' -and $node.Child.Find({ $args[0] -is [System.Management.Automation.Language.MemberExpressionAst] }, $true)) { & $report $node 'assignment' }
            }
            { $_ -in 'FileRedirectionAst', 'MergingRedirectionAst' } { & $report $node 'redirection' }
            { $_ -in 'UsingStatementAst', 'TypeDefinitionAst', 'ConfigurationDefinitionAst', 'DataStatementAst', 'DynamicKeywordStatementAst', 'UsingExpressionAst' } { & $report $node 'statement' }
        }
    }
    if ($files -ne 1) { '{0}: writes {1} files' -f $file, $files }
}
