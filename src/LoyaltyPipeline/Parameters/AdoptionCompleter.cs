using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Adoption;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the regions, modules or features of which adoption is counted, where a warehouse is connected.</summary>
public sealed class AdoptionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var column = parameterName == nameof(Commands.GetFeatureAdoptionCommand.Region)
            ? "REGION_CODE"
            : $"{parameterName.ToUpperInvariant()}_NAME";
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return CompletionWarehouse
            .Read(
                fakeBoundParameters, (warehouse, cancellationToken) => AdoptionReader.ReadValuesAsync(warehouse, column, cancellationToken))
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    private static string Quote(
        string value) => value.Length > 0 && value.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.')
        ? value
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
