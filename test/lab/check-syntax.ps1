# Lists what scripts use that Windows PowerShell 5.1 does not know, found by PowerShell's own parser.
foreach ($file in $args) {
    $tokens = $null
    $problems = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseFile((Resolve-Path $file), [ref]$tokens, [ref]$problems)
    foreach ($problem in $problems) { '{0}:{1}: {2}' -f $file, $problem.Extent.StartLineNumber, $problem.Message }
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        $name = $node.GetType().Name
        $found = $null
        if ($name -eq 'TernaryExpressionAst') { $found = 'ternary' }
        elseif ($name -eq 'PipelineChainAst') { $found = 'pipeline chain' }
        elseif ($name -eq 'BinaryExpressionAst' -and "$($node.Operator)" -eq 'QuestionQuestion') { $found = '??' }
        elseif ($name -eq 'AssignmentStatementAst' -and "$($node.Operator)" -eq 'QuestionQuestionEquals') { $found = '??=' }
        elseif ($name -match '^(Member|InvokeMember|Index)Expression' -and $node.NullConditional) { $found = '?.' }
        elseif ($name -eq 'ScriptBlockAst' -and $node.CleanBlock) { $found = 'clean' }
        elseif ($name -eq 'CommandParameterAst' -and $node.ParameterName -eq 'Parallel') { $found = 'parallel' }
        if ($found) { '{0}:{1}: {2}' -f $file, $node.Extent.StartLineNumber, $found }
    }
}
