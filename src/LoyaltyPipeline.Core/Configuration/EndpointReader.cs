using System.Globalization;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Reads settings of servers that something is sent to.</summary>
internal static class EndpointReader
{
    /// <summary>Where a secret is.</summary>
    /// <param name="what">What the settings begin with: <c>token</c> for <c>token_variable</c> and <c>token_file</c>.</param>
    /// <param name="folder">Where a relative file begins.</param>
    /// <returns>Where it is; null where neither is there.</returns>
    public static SecretSource? ReadSecret(YamlMap map, string what, string folder)
    {
        var (variable, file) = ($"{what}_variable", $"{what}_file");
        if (map.Has(variable) && map.Has(file))
            map.Report(file, $"'{variable}' and '{file}' are both there; the secret is in one of them");
        if (map.Has(variable))
            return map.Read<SecretSource?>(variable, key => new SecretSource(map.VariableName(key), File: null), otherwise: null);
        return map.Read<SecretSource?>(
            file, key => new SecretSource(Variable: null, Path.GetFullPath(map.FilePath(key), folder)), otherwise: null);
    }

    /// <summary>An address. It may hold a password, and is not repeated, whatever is wrong with it.</summary>
    public static Uri ReadAddress(YamlMap map, string key)
    {
        if (map.Text(key).Contains('@', StringComparison.Ordinal))
            throw map.Wrong(key, $"'{key}' has a user name or a password in it; write http://host or https://host");
        return Uri.TryCreate(map.Text(key), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw map.Wrong(key, $"'{key}' is no address; write http://host or https://host");
    }

    /// <summary>A number above 0.</summary>
    public static int ReadCount(YamlMap map, string key, int largest) =>
        int.TryParse(map.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= largest
            ? count
            : throw map.Wrong(
                key, $"'{map.Text(key)}' is no number above 0{(largest < int.MaxValue ? $" and up to {largest}" : string.Empty)}");
}
