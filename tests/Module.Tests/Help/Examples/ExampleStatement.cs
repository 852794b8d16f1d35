using System.Management.Automation.Language;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>One statement of an example.</summary>
/// <param name="Line">Where it begins in the file of the example.</param>
/// <param name="Ast">What the parser made of it.</param>
internal sealed record ExampleStatement(Example Example, int Line, StatementAst Ast)
{
    public string Text => Ast.Extent.Text;

    /// <summary>Names it in the message of a failure.</summary>
    public string Where => $"{Example.Source}, line {Line} ({Example.Place}): {Text}";

    /// <summary>Whether what it shows is the point of it: a pipeline, unless it goes into a file or nowhere.</summary>
    public bool Emits => Ast is PipelineAst { PipelineElements: var elements } && !elements.Any(element => element.Redirections.Count > 0);

    public bool IsPlan =>
        Ast.Find(node => node is CommandParameterAst { ParameterName: "WhatIf" }, searchNestedScriptBlocks: true) is not null;

    /// <summary>The cmdlet whose objects are emitted as they are; null where the pipeline ends in anything else.</summary>
    public string? LastCommand => Ast is PipelineAst { PipelineElements: [.., CommandAst command] } ? command.GetCommandName() : null;
}
