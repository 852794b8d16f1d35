using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>Signs the JSON web token by which a client with a private key proves itself.</summary>
internal static class KeyPairToken
{
    /// <summary>Makes a token.</summary>
    /// <param name="path">The file with the private key, in PEM.</param>
    /// <param name="passphrase">What opens the key; null where it is not encrypted.</param>
    /// <exception cref="TestDbException">The key cannot be read.</exception>
    public static string Create(string account, string user, string path, string? passphrase)
    {
        using var key = RSA.Create();
        try
        {
            var pem = File.ReadAllText(path);
            if (string.IsNullOrEmpty(passphrase))
                key.ImportFromPem(pem);
            else
                key.ImportFromEncryptedPem(pem, passphrase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException
            or CryptographicException)
        {
            throw new TestDbException(null, 270052, $"Could not read private key {path}. Error: {exception.Message}", cause: exception);
        }

        var subject = $"{account}.{user}".ToUpperInvariant();
        var fingerprint = Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var text =
            $"{Encode(new { alg = "RS256", typ = "JWT" })}.{Encode(new { iss = $"{subject}.SHA256:{fingerprint}", sub = subject, iat = now, exp = now + 60 })}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
