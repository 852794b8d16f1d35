using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the regions, modules or features of which adoption is counted, where a warehouse is connected: a key press opens none.</summary>
public sealed class AdoptionCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var warehouse = fakeBoundParameters["Warehouse"] as LoyaltyWarehouse ?? DefaultWarehouse.Of(Runspace.DefaultRunspace);
        if (warehouse is not { IsOpen: true })
            return [];
        var column = parameterName == nameof(Commands.GetFeatureAdoptionCommand.Region) ? "REGION_CODE" : $"{parameterName.ToUpperInvariant()}_NAME";
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Read(warehouse, column)
            .Where(value => value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    // Nobody is told of errors while a line is completed; the command itself will say what is wrong.
    private static IReadOnlyList<string> Read(LoyaltyWarehouse warehouse, string column)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return Task.Run(() => AdoptionReader.ReadValuesAsync(warehouse.Connection, column, timeout.Token), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is LoyaltyException or OperationCanceledException)
        {
            return [];
        }
    }

    private static string Quote(string value) => value.Length > 0 && value.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.')
        ? value
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
