using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>Proves who wants a session.</summary>
internal static class Authentication
{
    /// <summary>Finds the user of a login.</summary>
    /// <param name="account">The account of the server.</param>
    /// <exception cref="SnowflakeError">The account, the user or the secret is wrong.</exception>
    public static SnowflakeUser Authenticate(LoginRequest login, string account, IEnumerable<SnowflakeUser> users)
    {
        var isAccount = login.Account.Equals(account, StringComparison.OrdinalIgnoreCase);
        var authenticator = login.Authenticator.ToUpperInvariant();
        // A token may say whose it is; everything else needs the name.
        var named = users.Where(
            user => user.Name.Equals(login.User, StringComparison.OrdinalIgnoreCase)
                || (login.User.Length == 0 && authenticator is "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN"));
        var found = named.FirstOrDefault(user => IsProven(user, login, authenticator, account));
        if (isAccount && found is not null)
            return found;
        throw authenticator switch
        {
            "SNOWFLAKE_JWT" => new SnowflakeError("390144", "08001", "JWT token is invalid."),
            "OAUTH" => new SnowflakeError("390303", "08001", "Invalid OAuth access token."),
            "PROGRAMMATIC_ACCESS_TOKEN" => new SnowflakeError("394400", "08001", "Programmatic access token is invalid."),
            _ => SnowflakeError.BadLogin(),
        };
    }

    private static bool IsProven(SnowflakeUser user, LoginRequest login, string authenticator, string account) => authenticator switch
    {
        "SNOWFLAKE" or "USERNAME_PASSWORD_MFA" => user.Password is not null && user.Password == login.Password,
        "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN" => login.Token is not null && user.Tokens.Contains(login.Token, StringComparer.Ordinal),
        "SNOWFLAKE_JWT" => user.PublicKey is not null && login.Token is not null && IsSigned(login.Token, user, account),
        _ => false,
    };

    private static bool IsSigned(string token, SnowflakeUser user, string account)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return false;
        using var key = RSA.Create();
        key.ImportFromPem(user.PublicKey);
        var isSigned = key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        if (!isSigned)
            return false;
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var subject = $"{account}.{user.Name}".ToUpperInvariant();
        var fingerprint = Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        return claims.RootElement.GetProperty("sub").GetString() == subject
            && claims.RootElement.GetProperty("iss").GetString() == $"{subject}.SHA256:{fingerprint}"
            && DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64()) > DateTimeOffset.UtcNow;
    }
}
