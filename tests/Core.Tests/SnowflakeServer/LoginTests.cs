using System.Data.Common;
using System.Security.Cryptography;
using LoyaltyPipeline.SnowflakeSupport;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>A session is opened for whoever proves to be a user.</summary>
[Trait("Group", "TestSupport")]
public sealed class LoginTests : IDisposable
{
    private readonly SnowflakeServer _server = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("login-tests-");

    [Fact]
    public void A_wrong_password_is_refused()
    {
        var wrong = _server.ConnectionString().Replace(_server.Password, "wrong", StringComparison.Ordinal);
        Assert.Equal(390100, Refusal(wrong));
        Assert.Equal(390100, Refusal(_server.ConnectionString().Replace(_server.User, "NOBODY", StringComparison.Ordinal)));
        Assert.Equal(390100, Refusal(_server.ConnectionString().Replace(_server.Account, "ELSEWHERE", StringComparison.Ordinal)));
        Assert.Equal(0, _server.SessionCount);
    }

    [Fact]
    public void What_is_missing_in_a_connection_string_is_named()
    {
        Assert.Equal(270006, Refusal("user=LOADER;password=x"));
        Assert.Equal(270011, Refusal($"account={_server.Account};user=LOADER;authenticator=magic"));
        Assert.Equal(
            270052,
            Refusal($"account={_server.Account};user=LOADER;authenticator=snowflake_jwt;private_key_file={_folder.FullName}/none.p8"));
    }

    [Fact]
    public void A_key_pair_proves_a_user_and_another_key_does_not()
    {
        using var key = NewKey();
        using var other = NewKey();
        _server.AddUser(new SnowflakeUser("ROBOT") { PublicKey = key.ExportSubjectPublicKeyInfoPem(), DefaultDatabase = _server.Database });
        var plain = Write("plain.p8", key.ExportPkcs8PrivateKeyPem());
        var sealedKey = Write(
            "sealed.p8",
            key.ExportEncryptedPkcs8PrivateKeyPem(
                "opens", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        var strange = Write("strange.p8", other.ExportPkcs8PrivateKeyPem());
        string Connection(string path) => $"account={_server.Account};user=robot;authenticator=snowflake_jwt;private_key_file={path}";
        using (var session = new TestSession(_server, Connection(plain)))
            Assert.Equal(["ROBOT|ANALYTICS|PUBLIC"], session.Rows("SELECT CURRENT_USER(), CURRENT_DATABASE(), CURRENT_SCHEMA()"));
        using (var session = new TestSession(_server, Connection(sealedKey) + ";private_key_pwd=opens"))
            Assert.Equal("ROBOT", session.Scalar("SELECT CURRENT_USER()"));
        Assert.Equal(270052, Refusal(Connection(sealedKey) + ";private_key_pwd=no"));
        Assert.Equal(390144, Refusal(Connection(strange)));
    }

    [Fact]
    public void Tokens_prove_a_user()
    {
        _server.AddUser(new SnowflakeUser("ROBOT") { Tokens = ["good"] });
        using (var session = new TestSession(
            _server, $"account={_server.Account};user=ROBOT;authenticator=programmatic_access_token;token=good"))
            Assert.Equal("ROBOT", session.Scalar("SELECT CURRENT_USER()"));
        using (var session = new TestSession(_server, $"account={_server.Account};authenticator=oauth;token=good"))
            Assert.Equal("ROBOT", session.Scalar("SELECT CURRENT_USER()"));
        Assert.Equal(394400, Refusal($"account={_server.Account};user=ROBOT;authenticator=programmatic_access_token;token=bad"));
        Assert.Equal(390303, Refusal($"account={_server.Account};authenticator=oauth;token=bad"));
    }

    [Fact]
    public void A_session_begins_where_the_connection_string_says_or_nowhere()
    {
        using var session = new TestSession(_server, _server.ConnectionString("NO_SUCH_SCHEMA"));
        Assert.Equal(
            ["ANALYTICS|NULL|LOADER|LOADING"],
            session.Rows("SELECT CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_ROLE(), CURRENT_WAREHOUSE()"));
        Assert.Equal("090106 22000", session.Refused("CREATE TABLE T (ID BIGINT)").Code);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static RSA NewKey()
    {
        var key = RSA.Create(2048);
        try
        {
            key.ExportParameters(includePrivateParameters: true);
        }
        catch (CryptographicException exception) when (OperatingSystem.IsWindows())
        {
            key.Dispose();
            Assert.Skip($"Wine makes no keys: {exception.Message}");
        }

        return key;
    }

    private int Refusal(string connectionString) =>
        Assert.ThrowsAny<DbException>(() => new TestSession(_server, connectionString)).ErrorCode;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
