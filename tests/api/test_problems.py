from flask.testing import FlaskClient


def test_an_unknown_address_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/v1/nowhere")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    assert response.json["type"] == "/problems/not-found"


def test_a_wrong_method_says_which_are_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/health")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_every_answer_carries_the_id_of_its_request(client: FlaskClient) -> None:
    assert client.get("/api/v1/nowhere", headers={"X-Request-Id": "r-1"}).headers["X-Request-Id"] == "r-1"
    assert client.get("/api/v1/nowhere", headers={"X-Request-Id": "é"}).headers["X-Request-Id"] != "é"


def test_health_names_the_part_that_is_not_well(client: FlaskClient) -> None:
    response = client.get("/api/v1/health")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["parts"]["database"]["ok"]
    assert not response.json["parts"]["beat"]["ok"]
