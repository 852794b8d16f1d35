using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Pii.Detectors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Reads what becomes of personal data: of a consumer, and of readers of the warehouse, in the same words.</summary>
internal static class RedactionReader
{
    /// <summary>Reads the policy of a consumer.</summary>
    /// <param name="defaults">What holds where nothing is said.</param>
    public static RedactionPolicy ReadForConsumer(YamlMap map, RedactionPolicy defaults)
    {
        var policy = Read(map, defaults);
        return policy.Problem is { } problem ? throw map.Wrong(problem.Setting, problem.Reason) : policy;
    }

    /// <summary>Reads the policy for readers, which stands in views and masking policies.</summary>
    /// <param name="catalog">The catalog, which knows the columns that it is about.</param>
    public static RedactionPolicy ReadForReaders(YamlMap map, LoyaltyCatalog catalog)
    {
        var policy = Read(map, new RedactionPolicy());
        return policy.StoredProblem is { } problem
            ? throw map.Wrong(problem.Setting, $"{problem.Reason}; it is about {Columns(problem.Setting, catalog)}")
            : policy;
    }

    private static RedactionPolicy Read(YamlMap map, RedactionPolicy defaults)
    {
        map.AllowOnly("email", "name", "phone", "salt_variable", "hashing", "default_region");
        return new RedactionPolicy(
            map.Read("email", map.Choice<RedactionMethod>, defaults.Email),
            map.Read("name", map.Choice<RedactionMethod>, defaults.Name),
            map.Read("phone", map.Choice<RedactionMethod>, defaults.Phone),
            map.Read("salt_variable", map.VariableName, defaults.SaltVariable),
            map.Read("hashing", key => map.Choice<HashingRules>(key), defaults.Hashing),
            map.Read("default_region", _ => ReadRegion(map), defaults.DefaultRegion));
    }

    private static string ReadRegion(YamlMap map)
    {
        var region = map.Text("default_region");
        return PhoneText.IsRegion(region.ToUpperInvariant())
            ? region.ToUpperInvariant()
            : throw map.Wrong("default_region", $"'{region}' is no country that has telephone numbers; write its ISO code, such as DE");
    }

    private static string Columns(string setting, LoyaltyCatalog catalog)
    {
        PersonalData[] kinds = setting switch
        {
            "email" => [PersonalData.Email],
            "name" => [PersonalData.Name],
            "phone" or "hashing" or "default_region" => [PersonalData.Phone],
            _ => [PersonalData.Email, PersonalData.Name, PersonalData.Phone],
        };
        return SqlText.List(
            from table in catalog.OwnTables
            where table.Kind == TableKind.Warehouse
            from column in table.Columns
            where kinds.Contains(column.PersonalData)
            select $"{table}.{column.Name}");
    }
}
